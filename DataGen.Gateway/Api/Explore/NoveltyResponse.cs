namespace DataGen.Gateway.Api.Explore;

/// <summary>How many of the records in a range of indexes are new.</summary>
/// <param name="From">The lowest index of the range.</param>
/// <param name="Records">Records in the range.</param>
/// <param name="Fresh">How many of them equal no record of a lower index.</param>
internal sealed record NoveltyResponse(int From, int Records, int Fresh);
