using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataGen.Tests.Definition;

/// <summary>
/// Whether a dataset is what its definition promises, worked out from the two documents alone: nothing of the product's
/// own code is used, or a mistake in it would be made twice. What it does not know is a problem too, so that no promise
/// goes unchecked.
/// </summary>
internal static class DefinitionPromises
{
    private static readonly string[] Known =
    [
        "prompt",
        "count",
        "seed",
        "samplers",
        "schema",
        "examples",
        "unique",
        "rules",
        "budget",
    ];

    /// <summary>The members of a definition that promise something of the dataset.</summary>
    public static IReadOnlyList<string> Promising { get; } = Known[3..];

    /// <summary>What is broken; empty: all is kept.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="records">The records, by index.</param>
    /// <param name="plan">The values that were drawn for each, by index; empty objects when nothing is drawn.</param>
    public static IReadOnlyList<string> Broken(
        JsonElement definition,
        IReadOnlyList<JsonElement> records,
        IReadOnlyList<JsonElement> plan
    ) =>
        [
            .. definition
                .EnumerateObject()
                .Where(member => !Known.Contains(member.Name))
                .Select(member => $"{member.Name} is not known here"),
            .. Count(definition, records),
            .. Drawn(definition, records, plan),
            .. Schema(definition, records),
            .. Unique(definition, records),
            .. Rules(definition, records),
            .. Examples(definition, records),
        ];

    /// <summary>The most calls that may be made.</summary>
    public static long MostCalls(JsonElement definition) =>
        definition.TryGetProperty("budget", out var budget) && budget.TryGetProperty("calls", out var calls)
            ? calls.GetInt64()
            : (5 * definition.GetProperty("count").GetInt64()) + 50;

    private static IEnumerable<string> Count(JsonElement definition, IReadOnlyList<JsonElement> records)
    {
        var count = definition.GetProperty("count").GetInt32();
        if (records.Count != count)
        {
            yield return $"{records.Count} records, not {count}";
        }
    }

    private static IEnumerable<string> Drawn(
        JsonElement definition,
        IReadOnlyList<JsonElement> records,
        IReadOnlyList<JsonElement> plan
    )
    {
        if (!definition.TryGetProperty("samplers", out var samplers))
        {
            yield break;
        }

        if (plan.Count != records.Count)
        {
            yield return $"{plan.Count} planned records, and {records.Count} made";
            yield break;
        }

        foreach (var sampler in samplers.EnumerateObject())
        {
            var inRecord = !sampler.Value.TryGetProperty("inRecord", out var flag) || flag.GetBoolean();
            for (var index = 0; index < records.Count; index++)
            {
                var isThere = records[index].TryGetProperty(sampler.Name, out var value);
                if (isThere != inRecord)
                {
                    yield return $"record {index} has {(isThere ? "a" : "no")} member {sampler.Name}";
                }
                else if (isThere && !JsonElement.DeepEquals(value, plan[index].GetProperty(sampler.Name)))
                {
                    yield return $"{sampler.Name} of record {index} is {value}, and {plan[index]} was drawn";
                }
            }
        }

        foreach (var problem in DrawnValues.Broken(samplers, plan))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> Schema(JsonElement definition, IReadOnlyList<JsonElement> records) =>
        definition.TryGetProperty("schema", out var schema)
            ? records.SelectMany(record => SchemaFacts.Broken(schema, schema, record, ""))
            : [];

    private static IEnumerable<string> Unique(JsonElement definition, IReadOnlyList<JsonElement> records) =>
        Sets(definition)
            .SelectMany(set =>
                records
                    .Select(record => Key(definition, set, record))
                    .OfType<string>()
                    .CountBy(key => key)
                    .Where(key => key.Value > 1)
                    .Select(key => $"{key.Value} records agree in {set}: {key.Key}")
            );

    private static IEnumerable<string> Examples(JsonElement definition, IReadOnlyList<JsonElement> records) =>
        definition.TryGetProperty("examples", out var examples)
            ?
            [
                .. from set in Sets(definition).Append("true")
                from example in examples.EnumerateArray()
                let key = Key(definition, set, example)
                where key is not null && records.Any(record => Key(definition, set, record) == key)
                select $"an example came back in {set}: {key}",
            ]
            : [];

    private static IEnumerable<string> Rules(JsonElement definition, IReadOnlyList<JsonElement> records) =>
        definition.TryGetProperty("rules", out var rules)
            ?
            [
                .. from rule in rules.EnumerateArray()
                from record in records
                where !Holds(record, rule[0].GetString()!, rule[1].GetString()!, rule[2])
                select $"{rule} does not hold in {record}",
            ]
            : [];

    // As text: true, or a list of members.
    private static IEnumerable<string> Sets(JsonElement definition) =>
        !definition.TryGetProperty("unique", out var unique) ? []
        : unique.ValueKind == JsonValueKind.Array ? unique.EnumerateArray().Select(set => set.GetRawText())
        : unique.ValueKind == JsonValueKind.True ? ["true"]
        : [];

    // Null: a member of the set is missing, so the record is compared with none.
    private static string? Key(JsonElement definition, string set, JsonElement record)
    {
        var (members, isExact) = JsonNode.Parse(set) switch
        {
            JsonArray list => (list, false),
            JsonObject named => (named["members"]!.AsArray(), named["exact"]?.GetValue<bool>() ?? false),
            _ => (null, false),
        };
        if (members is null)
        {
            var drawn = definition.TryGetProperty("samplers", out var samplers)
                ? samplers.EnumerateObject().Select(sampler => sampler.Name).ToHashSet()
                : [];
            members =
            [
                .. record
                    .EnumerateObject()
                    .Select(member => member.Name)
                    .Where(name => !drawn.Contains(name))
                    .Order(StringComparer.Ordinal)
                    .Select(name => (JsonNode?)name),
            ];
        }

        var key = new List<string>();
        foreach (var name in members.Select(name => name!.GetValue<string>()))
        {
            if (!record.TryGetProperty(name, out var value))
            {
                return null;
            }

            key.Add($"{name}: {Form(value, isExact)}");
        }

        return string.Join('\n', key);
    }

    private static string Form(JsonElement value, bool isExact) =>
        value.ValueKind switch
        {
            JsonValueKind.String => isExact
                ? $"'{value.GetString()}'"
                : $"'{value.GetString()!.Trim().ToUpperInvariant()}'",
            JsonValueKind.Number => value.GetDecimal().ToString("G29", CultureInfo.InvariantCulture),
            JsonValueKind.Array => $"[{string.Join(',', value.EnumerateArray().Select(item => Form(item, isExact)))}]",
            JsonValueKind.Object =>
                $"{{{string.Join(',', value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"{member.Name}:{Form(member.Value, isExact)}"))}}}",
            _ => value.GetRawText(),
        };

    private static bool Holds(JsonElement record, string left, string comparison, JsonElement right)
    {
        if (right.ValueKind == JsonValueKind.String && !record.TryGetProperty(right.GetString()!, out right))
        {
            return true;
        }

        if (
            !record.TryGetProperty(left, out var value)
            || value.ValueKind == JsonValueKind.Null
            || right.ValueKind == JsonValueKind.Null
        )
        {
            return true;
        }

        var order = Order(value, right);
        return comparison switch
        {
            "=" => order == 0,
            "!=" => order is not null and not 0,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            ">=" => order >= 0,
            _ => false,
        };
    }

    private static int? Order(JsonElement one, JsonElement other)
    {
        switch (one.ValueKind, other.ValueKind)
        {
            case (JsonValueKind.Number, JsonValueKind.Number):
                return one.GetDecimal().CompareTo(other.GetDecimal());
            case (JsonValueKind.String, JsonValueKind.String):
                var (text, otherText) = (one.GetString()!, other.GetString()!);
                return
                    text.Contains('T', StringComparison.Ordinal)
                    && one.TryGetDateTimeOffset(out var moment)
                    && other.TryGetDateTimeOffset(out var otherMoment)
                    ? moment.CompareTo(otherMoment)
                    : string.CompareOrdinal(text, otherText);
            case (JsonValueKind.True or JsonValueKind.False, JsonValueKind.True or JsonValueKind.False):
                return one.GetBoolean().CompareTo(other.GetBoolean());
            default:
                return null;
        }
    }
}
