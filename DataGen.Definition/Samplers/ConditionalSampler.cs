using System.Text.Json.Nodes;

namespace DataGen.Definition.Samplers;

/// <summary><c>{"type": "conditional", "on": "plan", "cases": {"free": {…}, "pro": {…}}}</c>: another sampler for each
/// value of a category. Within the records of one value its counts are as exact as over all.</summary>
/// <param name="On">The name of the sampler it depends on: a category, or values.</param>
/// <param name="Cases">A sampler for each of its values.</param>
public sealed record ConditionalSampler(string On, IReadOnlyDictionary<string, Sampler> Cases) : Sampler
{
    internal override int Longest => Cases.Values.Max(sampler => sampler.Longest);

    internal override JsonNode Draw(in Place place) =>
        throw new InvalidOperationException("Its place depends on another sampler's value.");
}
