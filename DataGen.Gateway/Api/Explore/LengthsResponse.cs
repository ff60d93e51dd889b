namespace DataGen.Gateway.Api.Explore;

/// <summary>How long texts are, in characters.</summary>
/// <param name="Min">The shortest.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Max">The longest.</param>
internal sealed record LengthsResponse(int Min, double Mean, int Max);
