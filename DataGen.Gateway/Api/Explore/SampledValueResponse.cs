namespace DataGen.Gateway.Api.Explore;

/// <summary>A value of a sampler.</summary>
/// <param name="Value">The value.</param>
/// <param name="Asked">Records it was drawn for, of the whole task.</param>
/// <param name="Got">Records that hold it.</param>
internal sealed record SampledValueResponse(string Value, int Asked, int Got);
