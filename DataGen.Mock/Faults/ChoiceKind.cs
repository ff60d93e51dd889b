using System.Text.Json;

namespace DataGen.Mock.Faults;

/// <summary>One of some words.</summary>
internal sealed class ChoiceKind(params string[] choices) : FaultKind<string>
{
    public override string? ParseText(string text, out string value)
    {
        value = choices.FirstOrDefault(choice => choice.Equals(text, StringComparison.OrdinalIgnoreCase)) ?? "";
        return value.Length > 0 ? null : $"'{text}' is none of {string.Join(", ", choices)}.";
    }

    public override string? ParseJson(JsonElement json, out string value) =>
        ParseText(json.ValueKind is JsonValueKind.String ? json.GetString()! : json.GetRawText(), out value);

    public override void Write(Utf8JsonWriter json, string value) => json.WriteStringValue(value);
}
