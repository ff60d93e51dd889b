using System.Text.Json.Nodes;

namespace DataGen.Definition.Samplers;

/// <summary><c>{"type": "rows", "rows": [{…}, {…}]}</c>: seed data, each row equally often, as far as the number of
/// records allows.</summary>
/// <param name="Rows">The rows.</param>
public sealed record RowsSampler(IReadOnlyList<JsonObject> Rows) : Sampler
{
    internal override int Longest => Rows.Max(row => row.ToJsonString().Length);

    internal override JsonNode Draw(in Place place) => Rows[(int)place.Of(Rows.Count)].DeepClone();
}
