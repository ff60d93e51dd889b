namespace DataGen.Gateway.Api.Previews;

/// <summary>From where to where a figure may be.</summary>
/// <param name="Low">The least.</param>
/// <param name="High">The most.</param>
internal sealed record RangeResponse(double Low, double High);
