using System.Text.Json;
using DataGen.Ratio1.Http;

namespace DataGen.Ratio1.CStore;

/// <summary>Reads the <c>result</c> of a node's CStore answers.</summary>
internal static class CStoreAnswer
{
    // Until January 2026 a node reported its own exceptions as 200 {"result":{"error":"…"}}. A stored object may have
    // an "error" too, but not only such members.
    private static readonly string[] ErrorMembers = ["error", "status_code", "status", "logged", "detail", "message"];

    /// <summary>The fields of a hash. A null value (a deletion on a node older than February 2026) is not a
    /// field.</summary>
    public static Dictionary<string, string> Fields(JsonElement hash)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in hash.EnumerateObject())
        {
            if (JsonAnswer.Value(member.Value) is { } value)
            {
                fields[member.Name] = value;
            }
        }

        return fields;
    }

    /// <summary>The message of an error that came with status 200, or null when the result is no error.</summary>
    public static string? Error(JsonElement result) =>
        result.ValueKind == JsonValueKind.Object
        && result.TryGetProperty("error", out var error)
        && result.EnumerateObject().All(member => ErrorMembers.Contains(member.Name))
            ? NodeErrorText.From(error)
            : null;
}
