using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DataGen.Mock.R1fs;

/// <summary>
/// What a node makes of JSON it stores: <c>json.dumps(data, sort_keys=True, separators=(',', ':'))</c>. Keys are sorted
/// and everything beyond ASCII
/// becomes <c>\uXXXX</c>, so neither the order nor the bytes survive.
/// </summary>
internal static class PythonJson
{
    public static byte[] Dump(JsonElement data)
    {
        var text = new StringBuilder();
        Write(text, data);
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static void Write(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                var members = value
                    .EnumerateObject()
                    .GroupBy(member => member.Name)
                    .Select(same => same.Last())
                    .OrderBy(member => member.Name, CodePointOrder.Instance)
                    .ToArray();
                for (var i = 0; i < members.Length; i++)
                {
                    if (i > 0)
                    {
                        text.Append(',');
                    }

                    WriteText(text, members[i].Name);
                    text.Append(':');
                    Write(text, members[i].Value);
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                var first = true;
                foreach (var item in value.EnumerateArray())
                {
                    if (!first)
                    {
                        text.Append(',');
                    }

                    first = false;
                    Write(text, item);
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                WriteText(text, value.GetString()!);
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void WriteText(StringBuilder text, string value)
    {
        text.Append('"');
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

        text.Append('"');
    }

    /// <summary>Python compares code points, .NET's ordinal order UTF-16 units: they differ beyond the basic
    /// plane.</summary>
    private sealed class CodePointOrder : IComparer<string>
    {
        public static CodePointOrder Instance { get; } = new();

        public int Compare(string? x, string? y)
        {
            using var left = x!.EnumerateRunes().GetEnumerator();
            using var right = y!.EnumerateRunes().GetEnumerator();
            while (true)
            {
                var more = left.MoveNext();
                if (!right.MoveNext())
                {
                    return more ? 1 : 0;
                }

                if (!more)
                {
                    return -1;
                }

                var order = left.Current.Value.CompareTo(right.Current.Value);
                if (order != 0)
                {
                    return order;
                }
            }
        }
    }
}
