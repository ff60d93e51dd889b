using System.Buffers;
using System.Globalization;
using System.Text;

namespace DataGen.Web.Display;

/// <summary>Makes text of a model or of another user safe to show within a line; <c>js/plaintext.js</c> does the
/// same.</summary>
internal static class PlainText
{
    /// <summary>Control characters, and those that change the writing direction of the text after them.</summary>
    private static readonly SearchValues<char> Unruly = SearchValues.Create([
        .. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(code => (char)code),
        '\u2028',
        '\u2029',
        .. "\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069",
    ]);

    /// <summary>A right-to-left override becomes the six characters <c>\u202e</c>; ordinary text stays as it
    /// is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="keepsLines">Whether line breaks and tabs stay, for text in a block of its own.</param>
    internal static string Of(string text, bool keepsLines = false)
    {
        if (!text.AsSpan().ContainsAny(Unruly))
        {
            return text;
        }

        var shown = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            if (Unruly.Contains(character) && !(keepsLines && character is '\n' or '\r' or '\t'))
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
            else
            {
                shown.Append(character);
            }
        }

        return shown.ToString();
    }

    /// <summary>The safe text of at most <paramref name="longest"/> characters of the original, with a mark if there
    /// were more.</summary>
    internal static string Short(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return Of(text);
        }

        var end = char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest;
        return $"{Of(text[..end])}…";
    }
}
