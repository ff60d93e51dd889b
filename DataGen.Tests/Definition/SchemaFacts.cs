using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DataGen.Tests.Definition;

/// <summary>The simple facts of a JSON Schema, checked without the library that the product uses. A keyword it does not
/// know is a problem: it would go unchecked.</summary>
internal static partial class SchemaFacts
{
    /// <summary>What of a value is not as the schema says.</summary>
    /// <param name="root">The whole schema.</param>
    /// <param name="schema">What of it is about the value.</param>
    /// <param name="value">The value.</param>
    /// <param name="place">Where the value stands.</param>
    public static IEnumerable<string> Broken(JsonElement root, JsonElement schema, JsonElement value, string place) =>
        schema
            .EnumerateObject()
            .SelectMany(keyword =>
                keyword.Name switch
                {
                    "$ref" => Broken(root, Target(root, keyword.Value.GetString()!), value, place),
                    "properties" when value.ValueKind == JsonValueKind.Object => keyword
                        .Value.EnumerateObject()
                        .Where(member => value.TryGetProperty(member.Name, out _))
                        .SelectMany(member =>
                            Broken(root, member.Value, value.GetProperty(member.Name), $"{place}/{member.Name}")
                        ),
                    "items" when value.ValueKind == JsonValueKind.Array => value
                        .EnumerateArray()
                        .SelectMany((item, at) => Broken(root, keyword.Value, item, $"{place}/{at}")),
                    _ => Holds(schema, keyword, value) ? [] : [$"{place}: {value} against {keyword}"],
                }
            );

    private static bool Holds(JsonElement schema, JsonProperty keyword, JsonElement value)
    {
        var (expected, isText) = (keyword.Value, value.ValueKind == JsonValueKind.String);
        return keyword.Name switch
        {
            "$defs" or "description" or "title" or "properties" or "items" => true,
            "type" => expected.GetString() switch
            {
                "object" => value.ValueKind == JsonValueKind.Object,
                "array" => value.ValueKind == JsonValueKind.Array,
                "string" => isText,
                "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
                "integer" => value.ValueKind == JsonValueKind.Number && value.GetDecimal() % 1 == 0,
                "number" => value.ValueKind == JsonValueKind.Number,
                _ => false,
            },
            "enum" => expected.EnumerateArray().Any(allowed => JsonElement.DeepEquals(allowed, value)),
            "required" => expected.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
            "additionalProperties" => expected.ValueKind == JsonValueKind.False
                && value
                    .EnumerateObject()
                    .All(member => schema.GetProperty("properties").TryGetProperty(member.Name, out _)),
            "minimum" => value.GetDecimal() >= expected.GetDecimal(),
            "maximum" => value.GetDecimal() <= expected.GetDecimal(),
            "minLength" => !isText || value.GetString()!.EnumerateRunes().Count() >= expected.GetInt32(),
            "maxLength" => !isText || value.GetString()!.EnumerateRunes().Count() <= expected.GetInt32(),
            "minItems" => value.GetArrayLength() >= expected.GetInt32(),
            "maxItems" => value.GetArrayLength() <= expected.GetInt32(),
            "pattern" => !isText || Regex.IsMatch(value.GetString()!, expected.GetString()!),
            "format" => !isText || IsFormatted(value.GetString()!, expected.GetString()!),
            _ => false,
        };
    }

    private static JsonElement Target(JsonElement root, string reference) =>
        reference.Split('/')[1..].Aggregate(root, (schema, name) => schema.GetProperty(name));

    private static bool IsFormatted(string text, string format) =>
        format switch
        {
            "email" => Email().IsMatch(text),
            "uuid" => Guid.TryParseExact(text, "D", out _),
            "date" => DateOnly.TryParseExact(
                text,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out _
            ),
            "date-time" => text.Contains('T', StringComparison.Ordinal)
                && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
            _ => false,
        };

    [GeneratedRegex(@"\A[^@\s]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Email();
}
