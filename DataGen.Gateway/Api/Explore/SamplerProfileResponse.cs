namespace DataGen.Gateway.Api.Explore;

/// <summary>The values that a sampler was to give, and those that are there.</summary>
/// <param name="Name">The sampler's name.</param>
/// <param name="Values">The numbers for each value.</param>
internal sealed record SamplerProfileResponse(string Name, IReadOnlyList<SampledValueResponse> Values);
