using System.Text.Json;
using DataGen.Definition.Planning;
using DataGen.Definition.Schemas;

namespace DataGen.Definition.Distinct;

/// <summary>How many records can differ as <c>unique</c> demands. It is known before the first call where the members
/// are drawn, or bounded by the schema.</summary>
/// <param name="definition">The definition. Where its members are drawn, the whole plan is counted once.</param>
public sealed class Capacity(DatasetDefinition definition)
{
    private const long Unbounded = long.MaxValue;

    private readonly long[] bySet = [.. definition.Unique.Select(set => Of(definition, set))];

    /// <summary>The most records that can differ in every set, as far as it is known; null: at least as many as are
    /// asked for.</summary>
    public long? MostDistinct =>
        bySet.DefaultIfEmpty(Unbounded).Min() is var least && least == Unbounded ? null : least;

    /// <summary>The sets that cannot have as many different records as are wanted.</summary>
    public IEnumerable<DefinitionError> Problems =>
        definition
            .Unique.Index()
            .Where(set => bySet[set.Index] < definition.Count)
            .Select(set => new DefinitionError(
                set.Item.Members is null ? "unique" : $"unique[{set.Index}]",
                $"can be kept by {bySet[set.Index]} records at most, which differ in {set.Item.Title}; {definition.Count} are asked for."
            ));

    private static long Of(DatasetDefinition definition, DistinctSet set)
    {
        bool IsDrawn(string name) => definition.Samplers.TryGetValue(name, out var sampler) && sampler.InRecord;

        var schema = definition.Schema;
        var free = set.Members is { } members
            ? Product(members.Where(name => !IsDrawn(name)).Select(name => Values(schema, name)))
            : WholeRecord(schema, IsDrawn);
        var drawn = set.Members?.Where(IsDrawn).ToList() ?? [];
        if (drawn.Count == 0 || free >= definition.Count)
        {
            return drawn.Count == 0 ? free : Unbounded;
        }

        // For each drawn combination there can be as many records as the model can make different.
        var plan = new SamplingPlan(definition);
        return Enumerable
            .Range(0, definition.Count)
            .CountBy(index => plan.At(index, drawn))
            .Sum(group => Math.Min(group.Value, free));
    }

    private static long WholeRecord(RecordSchema? schema, Predicate<string> isDrawn) =>
        schema is { IsClosed: true }
            ? Product(
                schema
                    .Properties.EnumerateObject()
                    .Where(member => !isDrawn(member.Name))
                    .Select(member =>
                        Values(schema, member.Name) is var values
                        && values < Unbounded
                        && !IsRequired(schema.Document, member.Name)
                            ? values + 1
                            : values
                    )
            )
            : Unbounded;

    private static bool IsRequired(JsonElement schema, string name) =>
        schema.TryGetProperty("required", out var required)
        && required.EnumerateArray().Any(item => item.GetString() == name);

    // How many values a member may have. Counts only `const`, `enum`, booleans, null and bounded integers.
    private static long Values(RecordSchema? schema, string name)
    {
        if (
            schema is null
            || !schema.Properties.TryGetProperty(name, out var member)
            || member.ValueKind != JsonValueKind.Object
        )
        {
            return Unbounded;
        }

        if (member.TryGetProperty("const", out _))
        {
            return 1;
        }

        if (member.TryGetProperty("enum", out var listed))
        {
            return listed.GetArrayLength();
        }

        return
            member.TryGetProperty("type", out var type)
            && type.ValueKind == JsonValueKind.String
            && type.GetString() is var kind
            ? kind switch
            {
                "boolean" => 2,
                "null" => 1,
                "integer" when Whole(member, "minimum") is { } least && Whole(member, "maximum") is { } most =>
                    Math.Max(0, most - least + 1),
                _ => Unbounded,
            }
            : Unbounded;
    }

    private static long? Whole(JsonElement member, string name) =>
        member.TryGetProperty(name, out var value)
        && value.TryGetInt64(out var whole)
        && Math.Abs((decimal)whole) < 1_000_000_000_000
            ? whole
            : null;

    private static long Product(IEnumerable<long> factors)
    {
        var product = 1L;
        foreach (var factor in factors)
        {
            product =
                factor == 0 ? 0
                : product > Unbounded / factor ? Unbounded
                : product * factor;
        }

        return product;
    }
}
