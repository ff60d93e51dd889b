using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using DataGen.Mock.Inference;

namespace DataGen.Mock.Records.Schemas;

/// <summary>Finds a JSON Schema that stands in the text of a prompt.</summary>
internal static partial class EmbeddedSchema
{
    /// <summary>The last schema in the messages, or null.</summary>
    public static JsonElement? Find(IReadOnlyList<ChatMessage> messages) =>
        messages.Reverse().Select(message => Find(message.Content)?.Schema).FirstOrDefault(found => found is not null);

    /// <summary>The text without the schema in it, whose own words ("properties") describe no record.</summary>
    public static string Without(string content) =>
        Find(content) is var (at, schema) ? content.Remove(at, schema.GetRawText().Length) : content;

    private static (int At, JsonElement Schema)? Find(string content)
    {
        if (!content.Contains("\"properties\"", StringComparison.Ordinal))
        {
            return null;
        }

        for (var at = content.IndexOf('{', StringComparison.Ordinal); at >= 0; at = content.IndexOf('{', at + 1))
        {
            if (
                Read(content[at..]) is { ValueKind: JsonValueKind.Object } found
                && found.TryGetProperty("properties", out var properties)
                && properties.ValueKind is JsonValueKind.Object
            )
            {
                return (at, found);
            }
        }

        return null;
    }

    /// <summary>"record 17 of 200": what tells the prompts of a task apart.</summary>
    [GeneratedRegex(@"\b(?:record|row|item)\s+(?:number\s+)?#?(\d{1,18})\s*(?:of|/)\s*\d+\b", RegexOptions.IgnoreCase)]
    public static partial Regex RecordNumber();

    private static JsonElement? Read(string text)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
            return JsonElement.TryParseValue(ref reader, out var element) ? element : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
