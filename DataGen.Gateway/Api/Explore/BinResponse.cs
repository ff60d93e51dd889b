namespace DataGen.Gateway.Api.Explore;

/// <summary>How many numbers lie in a range.</summary>
/// <param name="From">The beginning of the range, included.</param>
/// <param name="To">The end of the range.</param>
/// <param name="Count">The number of values in it.</param>
internal sealed record BinResponse(double From, double To, int Count);
