using System.Text.Json;

namespace DataGen.Ratio1.Http;

/// <summary>Reads parts of a node's JSON without assuming that they are there.</summary>
internal static class JsonAnswer
{
    /// <summary>A stored value: a string as it is, any other JSON (which other SDKs store) as its text, null as no
    /// value.</summary>
    public static string? Value(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.Undefined => null,
            JsonValueKind.String => value.GetString(),
            _ => value.GetRawText(),
        };

    /// <summary>A member as text, or null when the element has none.</summary>
    public static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member)
            ? Value(member)
            : null;
}
