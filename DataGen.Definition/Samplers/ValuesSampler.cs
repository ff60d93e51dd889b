using System.Text.Json.Nodes;

namespace DataGen.Definition.Samplers;

/// <summary><c>{"type": "values", "values": ["de", "fr"]}</c>: each value equally often, as far as the number of
/// records allows.</summary>
/// <param name="Values">The values: strings, numbers, true, false.</param>
public sealed record ValuesSampler(IReadOnlyList<JsonNode> Values) : Sampler, IStratified
{
    Strata IStratified.Strata => strata;

    private readonly Strata strata = new([.. Values.Select(value => value.ToString())], [.. Values.Select(_ => 1m)]);

    internal override int Longest => strata.Names.Max(name => name.Length);

    internal override JsonNode Draw(in Place place) => Values[strata.Of(place).Number].DeepClone();

    internal override IEnumerable<KeyValuePair<string, long>> Counts(long count) =>
        strata.Names.Zip(strata.Sizes(count), KeyValuePair.Create);
}
