using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DataGen.Ratio1.Json;

/// <summary>
/// Escapes strings exactly as JavaScript's <c>JSON.stringify</c> does (ECMA-262, QuoteJSONString), so that what this
/// client writes is byte for byte
/// what the TypeScript clients write: only the quotation mark, the backslash and the control characters below U+0020
/// are escaped.
/// </summary>
/// <remarks>.NET's own encoders escape more and spell <c>\u001F</c> with capitals. A lone surrogate, which UTF-8 cannot
/// carry, becomes U+FFFD.</remarks>
internal sealed class JsonStringifyEncoder : JavaScriptEncoder
{
    private const string Lowest =
        "\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f\"\\";

    private static readonly SearchValues<byte> EscapedBytes = SearchValues.Create(Encoding.ASCII.GetBytes(Lowest));

    private static readonly SearchValues<char> SuspectChars = SearchValues.Create([
        .. Lowest,
        .. Enumerable.Range(0xD800, 0x800).Select(code => (char)code),
    ]);

    private JsonStringifyEncoder() { }

    /// <summary>The encoder; it has no state.</summary>
    public static JsonStringifyEncoder Instance { get; } = new();

    /// <summary>Options of a writer that writes compact JSON with this encoder.</summary>
    public static JsonWriterOptions WriterOptions => new() { Encoder = Instance };

    /// <inheritdoc/>
    public override int MaxOutputCharactersPerInputCharacter => 6;

    /// <inheritdoc/>
    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < 0x20 or '"' or '\\';

    /// <inheritdoc/>
    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text) =>
        utf8Text.IndexOfAny(EscapedBytes);

    /// <inheritdoc/>
    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var span = new ReadOnlySpan<char>(text, textLength);
        for (var start = 0; span[start..].IndexOfAny(SuspectChars) is >= 0 and var offset; )
        {
            var at = start + offset;
            if (!char.IsHighSurrogate(span[at]) || at + 1 == span.Length || !char.IsLowSurrogate(span[at + 1]))
            {
                return at;
            }

            start = at + 2;
        }

        return -1;
    }

    /// <inheritdoc/>
    public override unsafe bool TryEncodeUnicodeScalar(
        int unicodeScalar,
        char* buffer,
        int bufferLength,
        out int numberOfCharactersWritten
    )
    {
        var output = new Span<char>(buffer, bufferLength);
        var text = unicodeScalar switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\b' => "\\b",
            '\t' => "\\t",
            '\n' => "\\n",
            '\f' => "\\f",
            '\r' => "\\r",
            < 0x20 => $"\\u{unicodeScalar:x4}",
            _ => char.ConvertFromUtf32(unicodeScalar),
        };
        numberOfCharactersWritten = text.TryCopyTo(output) ? text.Length : 0;
        return numberOfCharactersWritten > 0;
    }
}
