using System.Buffers;
using System.Text;
using System.Text.Json;
using DataGen.Definition.Schemas;

namespace DataGen.Definition.Reading;

/// <summary>
/// Checks a schema before it is compiled. JsonSchema.Net 8.0.5 ends the process with a stack overflow on a definition
/// that refers to itself, and the expanded tree of definitions that refer to each other twice grows exponentially.
/// </summary>
internal static class SchemaGate
{
    /// <summary>The longest schema, in bytes of UTF-8.</summary>
    public const int LongestSchema = 64 * 1024;

    /// <summary>The most subschemas when every <c>$ref</c> is replaced by what it refers to.</summary>
    public const int MostNodes = 2000;

    /// <summary>The deepest nesting of subschemas, references followed.</summary>
    public const int DeepestNesting = 10;

    /// <summary>The most values of an <c>enum</c>.</summary>
    public const int MostEnumValues = 1000;

    private const string Draft = "https://json-schema.org/draft/2020-12/schema";
    private const string Definitions = "#/$defs/";

    private static readonly SearchValues<char> NameLetters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-"
    );

    private static readonly string[] Single =
    [
        "additionalProperties",
        "not",
        "if",
        "then",
        "else",
        "items",
        "contains",
        "propertyNames",
    ];

    private static readonly string[] Lists = ["allOf", "anyOf", "oneOf", "prefixItems"];
    private static readonly string[] Maps = ["properties", "$defs", "dependentSchemas"];

    private static readonly string[] Others =
    [
        "$schema",
        "$ref",
        "$comment",
        "type",
        "enum",
        "const",
        "multipleOf",
        "maximum",
        "exclusiveMaximum",
        "minimum",
        "exclusiveMinimum",
        "maxLength",
        "minLength",
        "pattern",
        "maxItems",
        "minItems",
        "uniqueItems",
        "maxContains",
        "minContains",
        "maxProperties",
        "minProperties",
        "required",
        "dependentRequired",
        "format",
        "title",
        "description",
        "default",
        "examples",
        "deprecated",
        "readOnly",
        "writeOnly",
    ];

    private static readonly HashSet<string> Known = [.. Single, .. Lists, .. Maps, .. Others];

    private static readonly string[] Formats =
    [
        "email",
        "date",
        "date-time",
        "time",
        "duration",
        "uuid",
        "uri",
        "ipv4",
        "ipv6",
        "hostname",
    ];

    private static readonly string[] Types = ["object", "array", "string", "number", "integer", "boolean", "null"];

    /// <summary>The compiled schema. Null when it is wrong, which is added as an error.</summary>
    public static RecordSchema? Read(DefinitionNode node)
    {
        var before = node.Errors.Count;
        if (!node.IsObject())
        {
            return null;
        }

        if (Encoding.UTF8.GetByteCount(node.Element.GetRawText()) > LongestSchema)
        {
            node.Fail($"is longer than {LongestSchema} bytes.");
            return null;
        }

        if (!node.Element.TryGetProperty("type", out var type) || !IsText(type, "object"))
        {
            node.Fail("has to have \"type\": \"object\": a record is an object.");
        }

        if (!node.Element.TryGetProperty("properties", out var properties) || !IsObject(properties))
        {
            node.Fail("has to have properties, an object.");
        }

        Walk(node, depth: 1);
        if (node.Errors.Count == before && CheckableNumbers.FirstOther(node.Element) is { } number)
        {
            node.Fail($"{number.Place} {number.Message}.");
        }

        var nodes = 0;
        if (node.Errors.Count == before)
        {
            (nodes, var problem) = Size(node.Element, node.Element, [], depth: 1);
            if (problem is not null)
            {
                node.Fail(problem);
            }
        }

        if (node.Errors.Count > before)
        {
            return null;
        }

        try
        {
            return RecordSchema.Compile(node.Element, nodes);
        }
        catch (FormatException exception)
        {
            node.Fail($"cannot be compiled: {exception.Message.TrimEnd('.')}.");
            return null;
        }
    }

    // Checks the document keyword by keyword. References are followed only afterwards.
    private static void Walk(DefinitionNode node, int depth)
    {
        if (node.Element.ValueKind is JsonValueKind.True or JsonValueKind.False || !node.IsObject())
        {
            return;
        }

        if (depth > DeepestNesting)
        {
            node.Fail($"is nested more than {DeepestNesting} levels deep.");
            return;
        }

        foreach (var member in node.Members())
        {
            var below =
                Single.Contains(member.Name) ? [member]
                : Lists.Contains(member.Name) && member.IsList() ? member.Items()
                : Maps.Contains(member.Name) && member.IsObject() ? member.Members()
                : [];
            foreach (var schema in below)
            {
                Walk(schema, depth + 1);
            }

            CheckKeyword(member, depth);
        }
    }

    private static void CheckKeyword(DefinitionNode member, int depth)
    {
        var value = member.Element;
        switch (member.Name)
        {
            case "$schema" when depth > 1 || !IsText(value, Draft):
                member.Fail($"can only be \"{Draft}\", at the top.");
                break;
            case "$ref" when !IsReference(value):
                member.Fail("has to refer to #/$defs/ and a name of letters, digits, _, . and -.");
                break;
            case "enum" when value.ValueKind != JsonValueKind.Array || value.GetArrayLength() is 0 or > MostEnumValues:
                member.Fail($"has to be a list of 1 to {MostEnumValues} values.");
                break;
            case "format" when !Formats.Any(format => IsText(value, format)):
                member.Fail($"has to be one of {string.Join(", ", Formats)}.");
                break;
            case "type" when !AreTypes(value):
                member.Fail($"has to be one of {string.Join(", ", Types)}, or a list of them.");
                break;
            case "pattern":
                CheckPattern(member);
                break;
            case "required" when !AreTexts(value):
                member.Fail("has to be a list of names.");
                break;
            case "minimum"
            or "maximum"
            or "exclusiveMinimum"
            or "exclusiveMaximum"
            or "multipleOf" when !value.IsDecimal() || (member.Name == "multipleOf" && value.GetDecimal() <= 0):
                member.Fail(member.Name == "multipleOf" ? "has to be a number above 0." : "has to be a number.");
                break;
            case "minLength"
            or "maxLength"
            or "minItems"
            or "maxItems"
            or "minContains"
            or "maxContains"
            or "minProperties"
            or "maxProperties" when value.ValueKind != JsonValueKind.Number || !value.TryGetUInt32(out _):
                member.Fail("has to be a whole number, not below 0.");
                break;
            case var name when !Known.Contains(name):
                member.Fail("is no keyword that DataGen takes in a schema.");
                break;
        }
    }

    private static void CheckPattern(DefinitionNode member)
    {
        try
        {
            if (member.Element.ValueKind != JsonValueKind.String)
            {
                member.Fail("has to be text.");
            }
            else
            {
                SafePattern.Compile(member.Element.GetString()!);
            }
        }
        catch (NotSupportedException)
        {
            member.Fail("looks around or back, which can take for ever: write it without.");
        }
        catch (ArgumentException)
        {
            member.Fail("is no regular expression.");
        }
    }

    // The size of the expanded tree, or why the schema is refused. It counts down, so that it ends after a bounded
    // number of steps.
    private static (int Nodes, string? Problem) Size(
        JsonElement schema,
        JsonElement root,
        HashSet<string> within,
        int depth
    )
    {
        var left = MostNodes;
        var problem = Expand(schema, depth);
        return (MostNodes - left, problem);

        string? Expand(JsonElement subschema, int level)
        {
            if (!IsObject(subschema))
            {
                return null;
            }

            if (level > DeepestNesting)
            {
                return $"is nested more than {DeepestNesting} levels deep when its references are followed.";
            }

            if (--left < 0)
            {
                return $"has more than {MostNodes} subschemas when its references are followed.";
            }

            foreach (var member in subschema.EnumerateObject())
            {
                var subschemas =
                    Single.Contains(member.Name) ? [member.Value]
                    : Lists.Contains(member.Name) ? member.Value.EnumerateArray()
                    : Maps.Contains(member.Name) && member.Name != "$defs"
                        ? member.Value.EnumerateObject().Select(each => each.Value)
                    : (IEnumerable<JsonElement>)[];
                foreach (var each in subschemas)
                {
                    if (Expand(each, level + 1) is { } below)
                    {
                        return below;
                    }
                }

                if (member.Name == "$ref" && Follow(member.Value.GetString()!, level) is { } wrong)
                {
                    return wrong;
                }
            }

            return null;
        }

        string? Follow(string reference, int level)
        {
            var name = reference[Definitions.Length..];
            if (
                !root.TryGetProperty("$defs", out var definitions)
                || !definitions.TryGetProperty(name, out var definition)
            )
            {
                return $"refers to {reference}, which is not there.";
            }

            if (!within.Add(name))
            {
                return $"refers to {reference} from within itself.";
            }

            var inside = Expand(definition, level);
            within.Remove(name);
            return inside;
        }
    }

    private static bool IsObject(JsonElement value) => value.ValueKind == JsonValueKind.Object;

    private static bool IsText(JsonElement value, string text) =>
        value.ValueKind == JsonValueKind.String && value.ValueEquals(text);

    // Characters that a pointer or a URI may escape are refused: with them one definition would have several spellings.
    private static bool IsReference(JsonElement value) =>
        value.ValueKind == JsonValueKind.String
        && value.GetString()!.StartsWith(Definitions, StringComparison.Ordinal)
        && value.GetString()!.AsSpan(Definitions.Length) is { Length: > 0 } name
        && !name.ContainsAnyExcept(NameLetters);

    private static bool AreTypes(JsonElement value) =>
        Types.Any(type => IsText(value, type))
        || (
            value.ValueKind == JsonValueKind.Array
            && value.GetArrayLength() > 0
            && value.EnumerateArray().All(each => Types.Any(type => IsText(each, type)))
        );

    private static bool AreTexts(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array
        && value.EnumerateArray().All(each => each.ValueKind == JsonValueKind.String);

    private static bool IsDecimal(this JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out _);
}
