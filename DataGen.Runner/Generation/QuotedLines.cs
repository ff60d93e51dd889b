using System.Text;
using System.Text.RegularExpressions;

namespace DataGen.Runner.Generation;

/// <summary>
/// Takes the marks of a Markdown quote from the lines that hold an answer's first object:
/// <code>
/// &gt; {"full_name": "Ana Díaz",
/// &gt;  "age": 41}
/// </code>
/// No line of a JSON text begins with such a mark, so none of the object's own characters is removed. The marks are
/// removed only when the object begins in the quote; marks that begin in the middle of the object make it malformed.
/// </summary>
internal static partial class QuotedLines
{
    /// <summary>The text with the quoted lines unquoted.</summary>
    public static string Unquote(string text)
    {
        var first = text.IndexOf('{', StringComparison.Ordinal);
        if (first < 0 || !Mark().IsMatch(text.AsSpan(LineStart(text, first))))
        {
            return text;
        }

        var start = LineStart(text, first);
        while (start > 0 && LineStart(text, start - 1) is var above && Mark().IsMatch(text.AsSpan(above)))
        {
            start = above;
        }

        var result = new StringBuilder(text, 0, start, text.Length);
        while (start < text.Length && Length(text.AsSpan(start)) is > 0 and var mark)
        {
            var end = text.IndexOf('\n', start) is >= 0 and var lineBreak ? lineBreak + 1 : text.Length;
            result.Append(text, start + mark, end - start - mark);
            start = end;
        }

        return result.Append(text, start, text.Length - start).ToString();
    }

    private static int LineStart(string text, int position) =>
        position == 0 ? 0 : text.LastIndexOf('\n', position - 1) + 1;

    private static int Length(ReadOnlySpan<char> line)
    {
        foreach (var mark in Mark().EnumerateMatches(line))
        {
            return mark.Length;
        }

        return 0;
    }

    // A quote mark, or the marks of a quote within a quote: > >
    [GeneratedRegex(@"\A[ \t]{0,3}(>[ \t]?)+")]
    private static partial Regex Mark();
}
