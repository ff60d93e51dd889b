namespace DataGen.Gateway.Api.Explore;

/// <summary>What a sampler was to give, and what is there.</summary>
/// <param name="Name">The sampler's name.</param>
/// <param name="Values">By value.</param>
internal sealed record SamplerProfileResponse(string Name, IReadOnlyList<SampledValueResponse> Values);
