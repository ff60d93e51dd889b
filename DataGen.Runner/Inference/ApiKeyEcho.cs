using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DataGen.Runner.Inference;

/// <summary>
/// Finds the API key in a server's text: the whole key or a part of it, in any case, with other characters between, and
/// as base64, hexadecimal, percent-encoded or JSON-escaped text. Only letters and digits are compared, in stretches of
/// the key.
/// </summary>
internal sealed partial class ApiKeyEcho
{
    /// <summary>How many letters and digits of a key in a row give it away.</summary>
    private const int Stretch = 6;

    private const int EncodedStretch = 10;

    private const int LeastSecret = 8;

    /// <summary>Shorter keys without a digit are words such as <c>not-needed</c>, which a record may contain.</summary>
    private const int LeastWithoutDigit = 20;

    private readonly byte[][] whole = [];
    private readonly SearchValues<string>? parts;
    private readonly SearchValues<string>? encodedParts;

    /// <param name="key">The key; null: there is none.</param>
    public ApiKeyEcho(string? key)
    {
        if (key is null || Plain(key).Text is not { Length: > 0 } plain)
        {
            return;
        }

        parts = SearchValues.Create([.. Stretches(plain, Stretch)], StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(key);
        List<string> forms =
        [
            key,
            key.ToLowerInvariant(),
            key.ToUpperInvariant(),
            Convert.ToHexString(bytes),
            Convert.ToHexStringLower(bytes),
            JsonEncodedText.Encode(key, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(),
            .. Escaped(key, bytes),
        ];
        var encoded = new HashSet<string>(Stretches(Convert.ToHexStringLower(bytes), EncodedStretch));
        // The text before the key shifts its base64 form; the first and the last digits depend on the neighbours.
        for (var shift = 0; shift < 3; shift++)
        {
            var text = Convert.ToBase64String([.. new byte[shift], .. bytes]).TrimEnd('=');
            var middle = text[(shift + (shift > 0 ? 1 : 0))..^1];
            forms.Add(middle);
            forms.Add(middle.Replace('+', '-').Replace('/', '_'));
            encoded.UnionWith(Stretches(Plain(middle).Text, EncodedStretch));
        }

        whole = LooksSecret(key) ? [.. forms.Distinct().Select(Encoding.UTF8.GetBytes)] : [];
        encodedParts = SearchValues.Create([.. encoded], StringComparison.Ordinal);
    }

    /// <summary>Whether the text gives away a part of the key.</summary>
    public bool IsIn(string text) =>
        parts is not null
        && Plain(text).Text.AsSpan() is var plain
        && (plain.ContainsAny(parts) || plain.ContainsAny(encodedParts!));

    /// <summary>Whether a record holds the whole key, as it is or as base64, hexadecimal or percent-encoded text. Parts
    /// of it do not count: they may be words of the record. Nor does a key that is a word itself, as servers that check
    /// none are given.</summary>
    /// <param name="record">UTF-8.</param>
    public bool IsWholeIn(ReadOnlySpan<byte> record)
    {
        foreach (var form in whole)
        {
            if (record.IndexOf(form) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The text with a dot for every character that gives the key away.</summary>
    public string Hide(string text)
    {
        if (parts is null)
        {
            return text;
        }

        var (plain, places) = Plain(text);
        char[]? hidden = null;
        HideAll(parts, Stretch);
        HideAll(encodedParts!, EncodedStretch);
        return hidden is null ? text : new string(hidden);

        // Each round hides one stretch; the next round finds a stretch that begins one character later.
        void HideAll(SearchValues<string> stretches, int length)
        {
            for (var start = 0; plain.AsSpan(start).IndexOfAny(stretches) is >= 0 and var next; start++)
            {
                start += next;
                hidden ??= text.ToCharArray();
                var last = places[Math.Min(start + length, plain.Length) - 1];
                hidden.AsSpan(places[start], last - places[start] + 1).Fill('•');
            }
        }
    }

    // Forms: sk%2D1 sk%2d1 sk%2D1 with + for a blank %73%6B%2D%31 %73%6b%2d%31
    private static IEnumerable<string> Escaped(string key, byte[] bytes)
    {
        yield return Uri.EscapeDataString(key);
        yield return Lower(Uri.EscapeDataString(key));
        yield return WebUtility.UrlEncode(key);
        yield return Lower(WebUtility.UrlEncode(key));
        foreach (var keeps in (Func<byte, bool>[])[_ => false, each => char.IsAsciiLetterOrDigit((char)each)])
        {
            var all = string.Concat(bytes.Select(each => keeps(each) ? $"{(char)each}" : $"%{each:X2}"));
            yield return all;
            yield return Lower(all);
        }

        // Lowers only the hexadecimal digits after a percent sign; a letter of the key stays as it is.
        static string Lower(string escaped) =>
            PercentEscape().Replace(escaped, escape => escape.Value.ToLowerInvariant());
    }

    [GeneratedRegex("%[0-9A-F]{2}")]
    private static partial Regex PercentEscape();

    private static bool LooksSecret(string key) =>
        key.Length >= LeastSecret && (key.Length >= LeastWithoutDigit || key.Any(char.IsAsciiDigit));

    private static IEnumerable<string> Stretches(string text, int length) =>
        text.Length <= length
            ? [text]
            : Enumerable.Range(0, text.Length - length + 1).Select(start => text.Substring(start, length));

    /// <summary>Letters and digits alone, in lower case, and where each stands in the text.</summary>
    private static (string Text, List<int> Places) Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        var places = new List<int>(text.Length);
        for (var place = 0; place < text.Length; place++)
        {
            // %2D and \u002d stand for the hyphen; their digits are not part of the key.
            var character = text[place];
            if (Encoded(text.AsSpan(place)) is var (length, code))
            {
                place += length - 1;
                character = (char)code;
            }

            if (char.IsAsciiLetterOrDigit(character))
            {
                plain.Append(char.ToLowerInvariant(character));
                places.Add(place);
            }
        }

        return (plain.ToString(), places);
    }

    /// <summary>The character that <c>%2d</c> or <c>\u002d</c> stands for, and how many characters that
    /// takes.</summary>
    private static (int Length, ushort Code)? Encoded(ReadOnlySpan<char> text)
    {
        var prefix =
            text[0] == '%' ? 1
            : text.StartsWith("\\u", StringComparison.Ordinal) ? 2
            : 0;
        var length = 3 * prefix;
        return
            prefix > 0
            && text.Length >= length
            && ushort.TryParse(text[prefix..length], NumberStyles.AllowHexSpecifier, null, out var code)
            ? (length, code)
            : null;
    }
}
