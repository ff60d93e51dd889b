using System.Text.Json.Nodes;

namespace DataGen.Definition.Samplers;

/// <summary><c>{"type": "category", "weights": {"free": 70, "pro": 20}}</c>: each value as often as its weight says,
/// exact to one record.</summary>
/// <param name="Weights">The values with their weights, which are positive; in the order of the definition.</param>
public sealed record CategorySampler(IReadOnlyList<KeyValuePair<string, decimal>> Weights) : Sampler, IStratified
{
    Strata IStratified.Strata => strata;

    private readonly Strata strata = new(
        [.. Weights.Select(weight => weight.Key)],
        [.. Weights.Select(weight => weight.Value)]
    );

    internal override int Longest => strata.Names.Max(name => name.Length);

    internal override JsonNode Draw(in Place place) => JsonValue.Create(strata.Names[strata.Of(place).Number]);

    internal override IEnumerable<KeyValuePair<string, long>> Counts(long count) =>
        strata.Names.Zip(strata.Sizes(count), KeyValuePair.Create);
}
