using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using DataGen.Mock.Inference;

namespace DataGen.Mock.Records.Schemas;

/// <summary>Finds a JSON Schema that stands in the text of a prompt.</summary>
internal static partial class EmbeddedSchema
{
    /// <summary>The last schema in the messages, or null.</summary>
    public static JsonDocument? Find(IReadOnlyList<ChatMessage> messages)
    {
        for (var i = messages.Count - 1; i >= 0; i--)
        {
            var content = messages[i].Content;
            if (!content.Contains("\"properties\"", StringComparison.Ordinal))
            {
                continue;
            }

            for (var at = content.IndexOf('{', StringComparison.Ordinal); at >= 0; at = content.IndexOf('{', at + 1))
            {
                if (Read(Encoding.UTF8.GetBytes(content[at..])) is not { } found)
                {
                    continue;
                }

                if (
                    found.RootElement.TryGetProperty("properties", out var properties)
                    && properties.ValueKind is JsonValueKind.Object
                )
                {
                    return found;
                }

                found.Dispose();
            }
        }

        return null;
    }

    /// <summary>"record 17 of 200": what tells the prompts of a task apart.</summary>
    [GeneratedRegex(@"\b(?:record|row|item)\s+(?:number\s+)?#?\d+\s*(?:of|/)\s*\d+\b", RegexOptions.IgnoreCase)]
    public static partial Regex RecordNumber();

    private static JsonDocument? Read(byte[] text)
    {
        try
        {
            var reader = new Utf8JsonReader(text);
            return JsonDocument.TryParseValue(ref reader, out var document) ? document : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
