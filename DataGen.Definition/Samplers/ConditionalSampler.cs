using System.Text.Json.Nodes;

namespace DataGen.Definition.Samplers;

/// <summary><c>{"type": "conditional", "on": "plan", "cases": {"free": {…}, "pro": {…}}}</c>: a sampler for each value
/// of another sampler. Its counts are exact within the records of each of these values.</summary>
/// <param name="On">The name of the sampler it depends on: a category, or values.</param>
/// <param name="Cases">A sampler for each value of the other one.</param>
public sealed record ConditionalSampler(string On, IReadOnlyDictionary<string, Sampler> Cases) : Sampler
{
    internal override int Longest => Cases.Values.Max(sampler => sampler.Longest);

    internal override JsonNode Draw(in Place place) =>
        throw new InvalidOperationException("Its place depends on another sampler's value.");
}
