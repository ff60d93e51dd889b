using DataGen.Tasks.Model;

namespace DataGen.Tasks.Users;

/// <summary>A page of a user's list.</summary>
/// <param name="Tasks">In the order asked for.</param>
/// <param name="Total">How many tasks the filter admits, on all pages.</param>
/// <param name="HasMore">Whether there is a next page.</param>
/// <param name="Next">Where the next page begins; null on the last page, and always from the previous version.</param>
[GenerateSerializer, Immutable]
internal sealed record TaskPage(
    [property: Id(0)] TaskSnapshot[] Tasks,
    [property: Id(1)] int Total,
    [property: Id(2)] bool HasMore,
    [property: Id(3)] string? Next = null
);
