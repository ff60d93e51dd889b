namespace DataGen.Gateway.Api.Explore;

/// <summary>A column.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Type">What it holds.</param>
/// <param name="SqlName">Its name in SQL, where that is another.</param>
internal sealed record ColumnResponse(string Name, string Type, string? SqlName = null);
