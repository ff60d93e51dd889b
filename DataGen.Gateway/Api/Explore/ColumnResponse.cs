namespace DataGen.Gateway.Api.Explore;

/// <summary>A column.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="SqlName">Its name in SQL, where it differs.</param>
internal sealed record ColumnResponse(string Name, string Type, string? SqlName = null);
