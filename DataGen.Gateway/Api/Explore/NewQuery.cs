using System.ComponentModel.DataAnnotations;

namespace DataGen.Gateway.Api.Explore;

/// <summary>A question in SQL.</summary>
/// <param name="Query">One SELECT over the table <c>records</c>, of at most 10,000 characters.</param>
/// <param name="Limit">The most rows of the answer, 1 to 10,000; 1,000 when left out.</param>
internal sealed record NewQuery(string? Query, [property: Range(1, 10_000)] int? Limit = null);
