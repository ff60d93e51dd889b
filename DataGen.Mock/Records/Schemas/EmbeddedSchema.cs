using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DataGen.Mock.Records.Schemas;

/// <summary>Finds a JSON Schema that stands in the text of a prompt.</summary>
internal static partial class EmbeddedSchema
{
    /// <summary>The last schema in the messages, or null.</summary>
    public static JsonElement? Find(IEnumerable<string> messages)
    {
        foreach (var content in messages.Reverse())
        {
            if (!content.Contains("\"properties\"", StringComparison.Ordinal))
            {
                continue;
            }

            for (var at = content.IndexOf('{', StringComparison.Ordinal); at >= 0; at = content.IndexOf('{', at + 1))
            {
                if (
                    Read(content[at..]) is { ValueKind: JsonValueKind.Object } found
                    && found.TryGetProperty("properties", out var properties)
                    && properties.ValueKind is JsonValueKind.Object
                )
                {
                    return found;
                }
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
