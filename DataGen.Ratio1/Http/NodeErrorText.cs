using System.Text;
using System.Text.Json;

namespace DataGen.Ratio1.Http;

/// <summary>Finds a node's own words in the body of a failure.</summary>
/// <remarks>
/// Seen shapes (FastAPI, naeural_core's basic_server.j2, Ratio1's sandbox):
/// <c>{"detail":"Not Found"}</c>,
/// <c>{"detail":{"server_node_addr":"…","error":"boom","status_code":500,"logged":true}}</c>,
/// <c>{"detail":{"server_node_addr":"…","detail":"Error waiting for plugin response: ","logged":true}}</c>,
/// <c>{"detail":[{"loc":["query","key"],"msg":"field required","type":"value_error.missing"}]}</c>,
/// <c>{"error":{"status":404,"message":"…","detail":"…"}}</c>.
/// Only these words are taken: a 422 also echoes the value that was sent, which must reach no log.
/// </remarks>
internal static class NodeErrorText
{
    private const int MaximumLength = 300;

    private static readonly string[] Members = ["error", "message", "detail"];

    /// <summary>The node's words on one line of at most 300 characters, or null when the body holds none.</summary>
    public static string? From(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? From(document.RootElement) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The words in an element: a string itself, the first informative member of an object, the entries of a
    /// validation list.</summary>
    public static string? From(JsonElement element)
    {
        var text = element.ValueKind switch
        {
            JsonValueKind.String => element.GetString(),
            JsonValueKind.Object => Members
                .Select(name => element.TryGetProperty(name, out var member) ? From(member) : null)
                .FirstOrDefault(words => words is not null),
            JsonValueKind.Array => string.Join(
                "; ",
                element.EnumerateArray().Select(Entry).Where(entry => entry is not null)
            ),
            _ => null,
        };
        return string.IsNullOrWhiteSpace(text) ? null : OneLine(text);
    }

    // {"loc":["body","value"],"msg":"Field required","input":"never taken"}
    private static string? Entry(JsonElement entry)
    {
        if (
            entry.ValueKind != JsonValueKind.Object
            || !entry.TryGetProperty("msg", out var message)
            || message.ValueKind != JsonValueKind.String
        )
        {
            return null;
        }

        var place =
            entry.TryGetProperty("loc", out var location) && location.ValueKind == JsonValueKind.Array
                ? string.Join('.', location.EnumerateArray().Select(part => part.ToString()))
                : "";
        return place.Length > 0 ? $"{place}: {message.GetString()}" : message.GetString();
    }

    private static string OneLine(string text)
    {
        var line = new StringBuilder(Math.Min(text.Length, MaximumLength) + 1);
        foreach (var letter in text.AsSpan().Trim())
        {
            if (line.Length == MaximumLength)
            {
                line.Append('…');
                break;
            }

            line.Append(char.IsControl(letter) ? ' ' : letter);
        }

        return line.ToString();
    }
}
