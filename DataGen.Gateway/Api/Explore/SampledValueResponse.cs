namespace DataGen.Gateway.Api.Explore;

/// <summary>A value of a sampler.</summary>
/// <param name="Value">The value.</param>
/// <param name="Asked">Records of the whole task that the value was drawn for.</param>
/// <param name="Got">Records that hold the value.</param>
internal sealed record SampledValueResponse(string Value, int Asked, int Got);
