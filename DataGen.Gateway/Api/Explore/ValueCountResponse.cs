namespace DataGen.Gateway.Api.Explore;

/// <summary>How often a value occurs.</summary>
/// <param name="Value">The value: in a column of text as it stands, in any other as JSON.</param>
/// <param name="Count">In so many records.</param>
internal sealed record ValueCountResponse(string Value, int Count);
