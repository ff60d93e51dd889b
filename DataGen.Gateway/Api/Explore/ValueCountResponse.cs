namespace DataGen.Gateway.Api.Explore;

/// <summary>How often a value occurs.</summary>
/// <param name="Value">The value: in a text column the text itself, in any other column JSON.</param>
/// <param name="Count">How many records hold it.</param>
internal sealed record ValueCountResponse(string Value, int Count);
