namespace DataGen.Gateway.Api.Explore;

/// <summary>How many numbers lie in a stretch.</summary>
/// <param name="From">Its begin, included.</param>
/// <param name="To">Its end.</param>
/// <param name="Count">So many.</param>
internal sealed record BinResponse(double From, double To, int Count);
