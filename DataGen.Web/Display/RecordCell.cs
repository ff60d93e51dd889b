using System.Text.Json;

namespace DataGen.Web.Display;

/// <summary>One value in the table.</summary>
/// <param name="Text">The string itself, else the JSON as the model wrote it.</param>
/// <param name="Kind">How it is set: <c>text</c>, <c>number</c>, <c>word</c> (true, false, null), <c>json</c> (nested), <c>absent</c>.</param>
internal sealed record RecordCell(string Text, string Kind)
{
    internal static RecordCell Absent { get; } = new("", "absent");

    internal static RecordCell Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => new(value.GetString()!, "text"),
        JsonValueKind.Number => new(value.GetRawText(), "number"),
        JsonValueKind.Object or JsonValueKind.Array => new(value.GetRawText(), "json"),
        _ => new(value.GetRawText(), "word"),
    };
}
