namespace DataGen.Gateway.Api.Previews;

/// <summary>The range that a figure may lie in.</summary>
/// <param name="Low">The least.</param>
/// <param name="High">The most.</param>
internal sealed record RangeResponse(double Low, double High);
