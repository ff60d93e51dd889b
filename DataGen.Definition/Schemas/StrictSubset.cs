using System.Text.Json;

namespace DataGen.Definition.Schemas;

/// <summary>
/// The schemas that a server may be asked to follow with <c>strict: true</c>: exactly the subset that OpenAI documents
/// for Structured Outputs ("Supported schemas"). A schema outside it is never changed to fit: an optional member made
/// required and nullable would be a different schema from the user's.
/// </summary>
public static class StrictSubset
{
    /// <summary>The most properties of all objects together.</summary>
    private const int MostProperties = 5000;

    private const int DeepestNesting = 10;

    /// <summary>The most characters of the names of properties and definitions and of the values of <c>enum</c> and
    /// <c>const</c>.</summary>
    private const int MostCharacters = 120_000;

    /// <summary>The most values of all <c>enum</c>s.</summary>
    private const int MostEnumValues = 1000;

    /// <summary>The number of values of one <c>enum</c> from which on its characters are counted.</summary>
    private const int ManyEnumValues = 250;

    private const int MostCharactersOfMany = 15_000;

    private static readonly HashSet<string> Keywords =
    [
        "type",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "anyOf",
        "enum",
        "const",
        "$defs",
        "title",
        "description",
        "pattern",
        "format",
        "multipleOf",
        "maximum",
        "exclusiveMaximum",
        "minimum",
        "exclusiveMinimum",
        "minItems",
        "maxItems",
    ];

    private static readonly HashSet<string> Formats =
    [
        "date-time",
        "time",
        "date",
        "duration",
        "email",
        "hostname",
        "ipv4",
        "ipv6",
        "uuid",
    ];

    /// <summary>Whether the schema is in the subset.</summary>
    /// <param name="schema">A schema that has passed <see cref="Reading.SchemaGate"/>, or a part of one
    /// (<see cref="RecordSchema.Without"/>).</param>
    public static bool Has(JsonElement schema)
    {
        var size = new Size();
        return !schema.TryGetProperty("anyOf", out _)
            && Has(schema, depth: 1, size)
            && size is { Properties: <= MostProperties, Characters: <= MostCharacters, EnumValues: <= MostEnumValues };
    }

    private static bool Has(JsonElement schema, int depth, Size size)
    {
        if (schema.ValueKind != JsonValueKind.Object || depth > DeepestNesting)
        {
            return false;
        }

        if (schema.TryGetProperty("$ref", out _))
        {
            // No other keyword may stand beside $ref.
            return schema.EnumerateObject().Count() == 1;
        }

        if (!schema.TryGetProperty("type", out _) && !schema.TryGetProperty("anyOf", out _))
        {
            return false;
        }

        foreach (var keyword in schema.EnumerateObject())
        {
            var isIn =
                Keywords.Contains(keyword.Name)
                && keyword.Name switch
                {
                    "properties" => keyword.Value.EnumerateObject().All(member => Counted(member, size, properties: 1)),
                    "$defs" => keyword.Value.EnumerateObject().All(member => Counted(member, size, properties: 0)),
                    "anyOf" => keyword.Value.EnumerateArray().All(branch => Has(branch, depth + 1, size)),
                    "items" => Has(keyword.Value, depth + 1, size),
                    "enum" => IsListed(keyword.Value, size),
                    "const" => IsListed([keyword.Value], size),
                    "format" => Formats.Contains(keyword.Value.GetString()!),
                    _ => true,
                };
            if (!isIn)
            {
                return false;
            }
        }

        return !IsObject(schema) || (IsClosed(schema) && AllAreRequired(schema));

        bool Counted(JsonProperty member, Size size, int properties)
        {
            size.Properties += properties;
            size.Characters += member.Name.Length;
            return Has(member.Value, depth + 1, size);
        }
    }

    private static bool IsListed(JsonElement values, Size size) => IsListed([.. values.EnumerateArray()], size);

    private static bool IsListed(IReadOnlyCollection<JsonElement> values, Size size)
    {
        var characters = values.Sum(value =>
            value.ValueKind == JsonValueKind.String ? value.GetString()!.Length : value.GetRawText().Length
        );
        size.EnumValues += values.Count;
        size.Characters += characters;
        return values.Count <= ManyEnumValues || characters <= MostCharactersOfMany;
    }

    private static bool IsObject(JsonElement schema) =>
        schema.TryGetProperty("properties", out _)
        || (
            schema.TryGetProperty("type", out var type)
            && (
                type.ValueKind == JsonValueKind.Array
                    ? type.EnumerateArray().Any(one => one.ValueEquals("object"))
                    : type.ValueEquals("object")
            )
        );

    private static bool IsClosed(JsonElement schema) =>
        schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False;

    private static bool AllAreRequired(JsonElement schema)
    {
        var required = schema.TryGetProperty("required", out var named)
            ? [.. named.EnumerateArray()]
            : new List<JsonElement>();
        return schema.TryGetProperty("properties", out var properties)
            && properties
                .EnumerateObject()
                .Select(member => member.Name)
                .ToHashSet()
                .SetEquals(required.Select(name => name.GetString()!));
    }

    private sealed class Size
    {
        public int Properties { get; set; }

        public int Characters { get; set; }

        public int EnumValues { get; set; }
    }
}
