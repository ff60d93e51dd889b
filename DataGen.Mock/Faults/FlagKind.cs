using System.Text.Json;

namespace DataGen.Mock.Faults;

/// <summary>True or false.</summary>
internal sealed class FlagKind : FaultKind<bool>
{
    public static FlagKind Instance { get; } = new();

    public override string? ParseText(string text, out bool value)
    {
        value = text is "1";
        return value || text is "0" || bool.TryParse(text, out value) ? null : $"'{text}' is neither true nor false.";
    }

    public override string? ParseJson(JsonElement json, out bool value)
    {
        value = json.ValueKind is JsonValueKind.True;
        return value || json.ValueKind is JsonValueKind.False
            ? null
            : $"{json.GetRawText()} is neither true nor false.";
    }

    public override void Write(Utf8JsonWriter json, bool value) => json.WriteBooleanValue(value);
}
