using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataGen.Runner.Generation;

/// <summary>
/// Finds the one JSON object in a model's text. It is taken only when nothing around it can belong to it:
/// <code>
/// Here is {name}'s record:                          prose, with placeholders in braces
/// ```json                                           a code fence
/// [{"full_name": "Ana Díaz", "age": 41}]            a list of exactly one
/// ```
/// </code>
/// What is broken off, ambiguous or malformed is refused; nothing is ever repaired. <see cref="Reasoning"/> is left out
/// first, then the marks of <see cref="QuotedLines"/>; <see cref="Surroundings"/> judges the prose. Each of them, and
/// the search here, goes through the text once.
/// </summary>
internal static class RecordReader
{
    /// <summary>The most bytes of a record.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>The deepest nesting of a record. JSON readers take 64 levels in all, and a record is stored and shown
    /// inside other JSON.</summary>
    public const int MaxDepth = 50;

    private const int EscapeLength = 6;

    private const char FirstBeyondAscii = '\u0080';

    // Half of a surrogate pair must not silently become a question mark.
    private static readonly UTF8Encoding WholePairs = new(false, throwOnInvalidBytes: true);

    private static readonly JsonDocumentOptions Strict = new()
    {
        AllowDuplicateProperties = false,
        MaxDepth = MaxDepth,
    };

    private static readonly SearchValues<byte> NoPlaceholder = SearchValues.Create("{}[]\"'`:=\\\n"u8);

    // The depth is checked at the end, so that a long row of brackets gets the right error message.
    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    // The record is JSON for programs, not text in a page: its characters stay as the model wrote them.
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The record as compact UTF-8 with its members in the order in which the model wrote them.</summary>
    /// <exception cref="FormatException">There is no whole, single object; the message says what there is
    /// instead.</exception>
    /// <exception cref="OperationCanceledException">The attempt has ended.</exception>
    public static byte[] Read(string text, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            if (IsAlone(text) && TryRewrite(WholePairs.GetBytes(text)) is { } record)
            {
                return record;
            }

            var answer = Reasoning.Remove(text, cancellationToken);
            if (string.IsNullOrWhiteSpace(answer) && !string.IsNullOrWhiteSpace(text))
            {
                throw new FormatException("The answer holds nothing but the model's reasoning.");
            }

            var bytes = WholePairs.GetBytes(QuotedLines.Unquote(answer));
            return Rewrite(bytes.AsMemory(Find(bytes, cancellationToken)));
        }
        catch (EncoderFallbackException)
        {
            throw new FormatException("The answer holds half a surrogate pair.");
        }
    }

    /// <summary>An object as compact UTF-8, escaped only where JSON requires it.</summary>
    public static byte[] Plain(JsonObject record)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Compact))
        {
            record.WriteTo(writer);
        }

        return Unescaped(buffer.WrittenSpan);
    }

    private static Range Find(ReadOnlySpan<byte> text, CancellationToken cancellationToken)
    {
        Range? record = null;
        var (listStart, openLists) = (0, 0);
        var (start, end) = (0, 0);
        for (var position = 0; text[position..].IndexOfAny("{}[]"u8) is >= 0 and var next; )
        {
            cancellationToken.ThrowIfCancellationRequested();
            position += next;
            switch (text[position])
            {
                case (byte)'[':
                    listStart = openLists++ == 0 ? position : listStart;
                    position++;
                    break;
                case (byte)']' when record is null || openLists > 0:
                    openLists = Math.Max(0, openLists - 1);
                    position++;
                    break;
                case (byte)'{' when PlaceholderLength(text[position..]) is > 0 and var length:
                    position += length;
                    break;
                case (byte)'{' when record is not null:
                    throw new FormatException("The answer holds more than one JSON object.");
                case (byte)'{':
                    start = openLists > 0 ? listStart : position;
                    (var size, end) = Take(text, start);
                    record = position..(position + size);
                    position = end;
                    openLists = 0;
                    break;
                default:
                    throw new FormatException("The answer holds a closing bracket that belongs to nothing whole.");
            }
        }

        if (record is null)
        {
            throw new FormatException("The answer holds no JSON object.");
        }

        Surroundings.Check(Encoding.UTF8.GetString(text[..start]), Encoding.UTF8.GetString(text[end..]));
        return record.Value;
    }

    /// <summary>The length in bytes of the object that begins at <paramref name="start"/>, alone or in a list of one,
    /// and where the object or the list ends.</summary>
    private static (int Size, int End) Take(ReadOnlySpan<byte> text, int start)
    {
        var what = text[start] == '[' ? "list" : "JSON object";
        var reader = new Utf8JsonReader(text[start..], isFinalBlock: false, new JsonReaderState(AnyDepth));
        try
        {
            if (!JsonDocument.TryParseValue(ref reader, out var document))
            {
                throw new FormatException(
                    text[start] == '['
                        ? "The answer breaks off inside a list."
                        : "The answer breaks off inside its JSON object."
                );
            }

            using (document)
            {
                var value = document.RootElement;
                while (value.ValueKind == JsonValueKind.Array)
                {
                    value =
                        value.GetArrayLength() == 1
                            ? value[0]
                            : throw new FormatException(
                                $"The answer is a list of {value.GetArrayLength()} values, not one record."
                            );
                }

                return value.ValueKind == JsonValueKind.Object
                    ? (JsonMarshal.GetRawUtf8Value(value).Length, start + (int)reader.BytesConsumed)
                    : throw new FormatException("The answer's list is malformed.");
            }
        }
        catch (JsonException)
        {
            // {\"a\":1} is text inside a string.
            throw new FormatException(
                text[start..].StartsWith("{\\"u8)
                    ? "The answer holds no JSON object."
                    : $"The answer's {what} is malformed."
            );
        }
    }

    /// <summary>The length of a placeholder that prose may have in braces: <c>{name}</c>, <c>{first name, age}</c>.
    /// Text with members, strings or brackets may be a malformed object; then 0.</summary>
    private static int PlaceholderLength(ReadOnlySpan<byte> text)
    {
        var end = text[1..].IndexOfAny(NoPlaceholder) + 1;
        return end > 1 && text[end] == '}' && text[1..end].ContainsAnyExcept(" \t\r"u8) ? end + 1 : 0;
    }

    // The common case: the text is one object from the first character to the last, if it is JSON.
    private static bool IsAlone(ReadOnlySpan<char> text) => text is ['{', .., '}'];

    // Null: it is not JSON, or not an accepted object; the full search then finds the reason.
    private static byte[]? TryRewrite(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return Rewrite(document, json.Length);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static byte[] Rewrite(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return Rewrite(document, json.Length);
        }
        catch (JsonException)
        {
            throw new FormatException(
                IsTooDeep(json.Span)
                    ? $"The answer's JSON object is nested more than {MaxDepth} levels deep."
                    : "The answer's JSON object names a member twice."
            );
        }
        catch (InvalidOperationException)
        {
            throw new FormatException("The answer's JSON object holds half a surrogate pair.");
        }
    }

    private static byte[] Rewrite(JsonDocument document, int length)
    {
        if (document.RootElement.GetPropertyCount() == 0)
        {
            throw new FormatException("The answer's JSON object is empty.");
        }

        var buffer = new ArrayBufferWriter<byte>(length);
        using (var writer = new Utf8JsonWriter(buffer, Compact))
        {
            document.RootElement.WriteTo(writer);
        }

        var record = Unescaped(buffer.WrittenSpan);
        return record.Length <= MaxBytes
            ? record
            : throw new FormatException($"The record is larger than {MaxBytes} bytes.");
    }

    /// <summary>The writer escapes characters beyond 16 bits, such as an emoji, and some blanks; this undoes every
    /// escape that JSON does not require.</summary>
    private static byte[] Unescaped(ReadOnlySpan<byte> json)
    {
        if (!json.Contains((byte)'\\'))
        {
            return json.ToArray();
        }

        var result = new byte[json.Length];
        var length = 0;
        while (json.IndexOf((byte)'\\') is >= 0 and var escape)
        {
            json[..escape].CopyTo(result.AsSpan(length));
            length += escape;
            json = json[escape..];
            var used = 0;
            if (json[1] == 'u' && Unit(json) is >= FirstBeyondAscii and var unit)
            {
                var rune = char.IsHighSurrogate(unit) ? new Rune(unit, Unit(json[EscapeLength..])) : new Rune(unit);
                used = rune.Utf16SequenceLength * EscapeLength;
                length += rune.EncodeToUtf8(result.AsSpan(length));
            }
            else
            {
                used = json[1] == 'u' ? EscapeLength : 2;
                json[..used].CopyTo(result.AsSpan(length));
                length += used;
            }

            json = json[used..];
        }

        json.CopyTo(result.AsSpan(length));
        return result[..(length + json.Length)];
    }

    // \uXXXX
    private static char Unit(ReadOnlySpan<byte> escape) =>
        Utf8Parser.TryParse(escape[2..EscapeLength], out ushort unit, out _, 'x') ? (char)unit : '\0';

    private static bool IsTooDeep(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
        while (reader.Read())
        {
            if (
                reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray
                && reader.CurrentDepth >= MaxDepth
            )
            {
                return true;
            }
        }

        return false;
    }
}
