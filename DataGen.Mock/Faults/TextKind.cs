using System.Text.Json;

namespace DataGen.Mock.Faults;

/// <summary>Any text; empty is off. A secret one is never shown again.</summary>
internal sealed class TextKind(bool secret) : FaultKind<string>
{
    private const string Hidden = "***";

    public override string? ParseText(string text, out string value)
    {
        value = text;
        return null;
    }

    public override string? ParseJson(JsonElement json, out string value)
    {
        value = json.ValueKind is JsonValueKind.String ? json.GetString()! : "";
        return json.ValueKind is not JsonValueKind.String ? "must be a string."
            : secret && value is Hidden ? $"'{Hidden}' only stands for the value; leave it out."
            : null;
    }

    public override void Write(Utf8JsonWriter json, string value) =>
        json.WriteStringValue(secret && value.Length > 0 ? Hidden : value);
}
