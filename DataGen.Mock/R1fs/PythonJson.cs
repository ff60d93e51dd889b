using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DataGen.Mock.R1fs;

/// <summary>
/// What a node makes of JSON it stores: <c>json.dumps(data, sort_keys=True, separators=(',', ':'))</c>. Keys are sorted
/// and everything beyond ASCII becomes <c>\uXXXX</c>, so neither the order nor the bytes survive.
/// </summary>
internal static class PythonJson
{
    public static byte[] Dump(JsonElement data) => Encoding.ASCII.GetBytes(Written(data));

    private static string Written(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => $"{{{string.Join(',', Members(value))}}}",
            JsonValueKind.Array => $"[{string.Join(',', value.EnumerateArray().Select(Written))}]",
            JsonValueKind.String => Quoted(value.GetString()!),
            _ => value.GetRawText(),
        };

    /// <summary>The last of each name, in the order of code points, which is that of the bytes in UTF-8.</summary>
    private static IEnumerable<string> Members(JsonElement value) =>
        value
            .EnumerateObject()
            .GroupBy(member => member.Name)
            .OrderBy(same => Convert.ToHexString(Encoding.UTF8.GetBytes(same.Key)), StringComparer.Ordinal)
            .Select(same => $"{Quoted(same.Key)}:{Written(same.Last().Value)}");

    private static string Quoted(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var letter in value)
        {
            _ = letter switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append(@"\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                < ' ' or > '~' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
                _ => text.Append(letter),
            };
        }

        return text.Append('"').ToString();
    }
}
