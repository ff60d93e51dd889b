using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataGen.Mock.Records.Schemas;

/// <summary>A schema within a schema.</summary>
/// <param name="Schema">The schema itself: an object, or true or false.</param>
/// <param name="Root">The whole, which references point into.</param>
internal readonly record struct SchemaNode(JsonElement Schema, JsonElement Root)
{
    private const int MostSteps = 32;

    public JsonElement? Constant => Member("const");

    public IReadOnlyList<JsonElement>? Values =>
        Member("enum") is { ValueKind: JsonValueKind.Array } values ? [.. values.EnumerateArray()] : null;

    public IEnumerable<JsonProperty>? Properties =>
        Member("properties") is { ValueKind: JsonValueKind.Object } properties
            ? [.. properties.EnumerateObject()]
            : null;

    public JsonElement? AdditionalProperties => Member("additionalProperties");

    public HashSet<string> Required =>
        Member("required") is { ValueKind: JsonValueKind.Array } names
            ?
            [
                .. names
                    .EnumerateArray()
                    .Where(name => name.ValueKind is JsonValueKind.String)
                    .Select(name => name.GetString()!),
            ]
            : [];

    public JsonElement? Member(string name) =>
        Schema.ValueKind is JsonValueKind.Object && Schema.TryGetProperty(name, out var member) ? member : null;

    public string? Text(string name) =>
        Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public double? Number(string name) =>
        Member(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    public int? Whole(string name) => Number(name) is { } number and >= 0 and <= 1_000_000 ? (int)number : null;

    /// <summary>The types allowed: those there are, or what other members imply.</summary>
    public IReadOnlyList<string> Types
    {
        get
        {
            string[] types = Member("type") switch
            {
                { ValueKind: JsonValueKind.String } one => [one.GetString()!],
                { ValueKind: JsonValueKind.Array } several =>
                [
                    .. several
                        .EnumerateArray()
                        .Where(each => each.ValueKind is JsonValueKind.String)
                        .Select(each => each.GetString()!),
                ],
                _ => [Implied()],
            };
            return Member("nullable") is { ValueKind: JsonValueKind.True } ? [.. types, "null"] : types;
        }
    }

    /// <summary>The schema with its references followed and its parts put together.</summary>
    public SchemaNode Resolved()
    {
        var node = this;
        for (var step = 0; step < MostSteps; step++)
        {
            if (node.Text("$ref") is { } reference && Find(Root, reference) is { } target)
            {
                node = node.With("$ref", [target]);
            }
            else if (node.Member("allOf") is { ValueKind: JsonValueKind.Array } all)
            {
                node = node.With("allOf", [.. all.EnumerateArray()]);
            }
            else
            {
                break;
            }
        }

        return node;
    }

    /// <summary>The schemas of which a value follows one, each with what this one says beside them; empty when there
    /// are none.</summary>
    public IReadOnlyList<SchemaNode> Alternatives()
    {
        foreach (var name in (string[])["anyOf", "oneOf"])
        {
            if (Member(name) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0)
            {
                var node = this;
                return [.. list.EnumerateArray().Select(each => node.With(name, [each]))];
            }
        }

        return [];
    }

    private string Implied()
    {
        var node = this;
        bool Has(params string[] names) => names.Any(name => node.Member(name) is not null);
        return Has("properties", "required", "additionalProperties") ? "object"
            : Has("items", "prefixItems", "minItems") ? "array"
            : Has("minimum", "maximum", "exclusiveMinimum", "multipleOf") ? "number"
            : "string";
    }

    /// <summary>This schema without one of its members and with the members of others; properties and requirements add
    /// up.</summary>
    private SchemaNode With(string without, IReadOnlyList<JsonElement> others)
    {
        // Nothing but a reference, the usual case, needs no copy.
        if (others.Count == 1 && Schema.EnumerateObject().Count() == 1)
        {
            return new SchemaNode(others[0], Root);
        }

        var merged = (JsonObject)JsonNode.Parse(Schema.GetRawText())!;
        merged.Remove(without);
        foreach (var other in others.Where(other => other.ValueKind is JsonValueKind.Object))
        {
            Merge(merged, other);
        }

        return new SchemaNode(JsonElement.Parse(merged.ToJsonString()), Root);
    }

    private static void Merge(JsonObject into, JsonElement other)
    {
        foreach (var member in other.EnumerateObject())
        {
            var value = JsonNode.Parse(member.Value.GetRawText());
            switch (into[member.Name])
            {
                case JsonObject known when value is JsonObject more && member.Name is "properties":
                    foreach (var (name, property) in more.ToArray())
                    {
                        known[name] ??= property?.DeepClone();
                    }

                    break;
                case JsonArray known when value is JsonArray more && member.Name is "required" or "allOf":
                    foreach (var name in (JsonArray)value!)
                    {
                        known.Add(name?.DeepClone());
                    }

                    break;
                case null:
                    into[member.Name] = value;
                    break;
            }
        }
    }

    /// <summary>What <c>#/$defs/name</c> points at.</summary>
    private static JsonElement? Find(JsonElement root, string reference)
    {
        if (!reference.StartsWith('#'))
        {
            return null;
        }

        var at = root;
        foreach (var step in reference[1..].Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = Uri.UnescapeDataString(step)
                .Replace("~1", "/", StringComparison.Ordinal)
                .Replace("~0", "~", StringComparison.Ordinal);
            if (
                at.ValueKind is JsonValueKind.Array
                && int.TryParse(name, out var index)
                && index >= 0
                && index < at.GetArrayLength()
            )
            {
                at = at[index];
                continue;
            }

            if (at.ValueKind is not JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return null;
            }
        }

        return at;
    }
}
