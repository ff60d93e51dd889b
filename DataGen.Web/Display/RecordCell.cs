using System.Text.Json;

namespace DataGen.Web.Display;

/// <summary>One value in the table.</summary>
/// <param name="Text">The string itself, else the JSON as the model wrote it; cut where it is long.</param>
/// <param name="Kind">How it is formatted: <c>text</c>, <c>number</c>, <c>word</c> (true, false, null), <c>json</c>
/// (nested), <c>absent</c>.</param>
internal sealed record RecordCell(string Text, string Kind)
{
    private const int LongestText = 120;
    private const int LongestJson = 60;

    internal static RecordCell Absent { get; } = new("", "absent");

    internal static RecordCell Of(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => new(PlainText.Short(value.GetString()!, LongestText), "text"),
            JsonValueKind.Number => new(PlainText.Short(value.GetRawText(), LongestJson), "number"),
            JsonValueKind.Object or JsonValueKind.Array => new(
                PlainText.Short(value.GetRawText(), LongestJson),
                "json"
            ),
            _ => new(value.GetRawText(), "word"),
        };
}
