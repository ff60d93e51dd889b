using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DataGen.Runner.Generation;

/// <summary>
/// Finds the one JSON object in a model's text, which may stand alone, in a code fence, in a one-element array or amid
/// prose:
/// <code>
/// Here is the record:
/// ```json
/// {"full_name": "Ana Díaz", "age": 41}
/// ```
/// </code>
/// What is broken off, ambiguous or malformed is refused; nothing is ever repaired.
/// </summary>
internal static class RecordReader
{
    /// <summary>Bytes a record may have.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Levels a record may be nested: readers take 64 in all, and a record is stored and shown within other
    /// JSON.</summary>
    public const int MaxDepth = 50;

    private static readonly JsonDocumentOptions Strict = new()
    {
        AllowDuplicateProperties = false,
        MaxDepth = MaxDepth,
    };

    // The record is JSON for programs, not text in a page: characters stay as the model wrote them.
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The record as compact UTF-8 with its members in the order in which the model wrote them.</summary>
    /// <exception cref="FormatException">There is no whole, single object; the message says what there is
    /// instead.</exception>
    public static byte[] Read(string text)
    {
        var rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            var length = Encoding.UTF8.GetBytes(text, rented);
            var (start, end) = Find(rented.AsSpan(0, length));
            return Rewrite(rented.AsMemory(start, end - start));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static (int Start, int End) Find(ReadOnlySpan<byte> text)
    {
        var start = NextObject(text, AfterReasoning(text));
        if (start < 0)
        {
            throw new FormatException("The answer holds no JSON object.");
        }

        var reader = new Utf8JsonReader(text[start..], isFinalBlock: false, default);
        try
        {
            reader.Read();
            if (!reader.TrySkip())
            {
                throw new FormatException("The answer breaks off inside its JSON object.");
            }
        }
        catch (JsonException)
        {
            throw new FormatException("The answer's JSON object is malformed.");
        }

        RefuseLists(text, start);
        var end = start + (int)reader.BytesConsumed;
        return NextObject(text, end) < 0
            ? (start, end)
            : throw new FormatException("The answer holds more than one JSON object.");
    }

    /// <summary>An object within a list is the record only when the list holds nothing else: in
    /// <c>["Ana",{"sku":"A-1"}]</c> it is a value of a record's member.</summary>
    private static void RefuseLists(ReadOnlySpan<byte> text, int start)
    {
        var open = text[..start].IndexOf((byte)'[');
        while (open >= 0)
        {
            if (Measure(text[open..]) is { } list && open + list.Length > start && list.Values > 1)
            {
                throw new FormatException($"The answer is a list of {list.Values} values, not one record.");
            }

            var next = text[(open + 1)..start].IndexOf((byte)'[');
            open = next < 0 ? -1 : open + 1 + next;
        }
    }

    /// <summary>How many values a list has and how many bytes it takes; null where a bracket only stands in
    /// prose.</summary>
    /// <exception cref="FormatException">The list is broken off.</exception>
    private static (int Values, int Length)? Measure(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, isFinalBlock: false, default);
        try
        {
            reader.Read();
            for (var values = 0; reader.Read(); values++)
            {
                if (reader.TokenType == JsonTokenType.EndArray)
                {
                    return (values, (int)reader.BytesConsumed);
                }

                if (!reader.TrySkip())
                {
                    break;
                }
            }
        }
        catch (JsonException)
        {
            return null;
        }

        throw new FormatException("The answer breaks off inside a list.");
    }

    /// <summary>Some models think aloud first: <c>&lt;think&gt;…&lt;/think&gt;</c>. That is not part of the
    /// answer.</summary>
    private static int AfterReasoning(ReadOnlySpan<byte> text)
    {
        var end = text.LastIndexOf("</think>"u8);
        return end >= 0 && text.TrimStart(" \t\r\n"u8).StartsWith("<think>"u8) ? end + "</think>"u8.Length : 0;
    }

    /// <summary>Where a brace opens a JSON object rather than something in prose: only <c>"</c> or <c>}</c> may follow
    /// it.</summary>
    private static int NextObject(ReadOnlySpan<byte> text, int from)
    {
        for (var index = from; index < text.Length; index++)
        {
            var brace = text[index..].IndexOf((byte)'{');
            if (brace < 0)
            {
                return -1;
            }

            index += brace;
            var inside = text[(index + 1)..].TrimStart(" \t\r\n"u8);
            if (inside.IsEmpty || inside[0] is (byte)'"' or (byte)'}')
            {
                return index;
            }
        }

        return -1;
    }

    private static byte[] Rewrite(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            if (!document.RootElement.EnumerateObject().Any())
            {
                throw new FormatException("The answer's JSON object is empty.");
            }

            var buffer = new ArrayBufferWriter<byte>(json.Length);
            using (var writer = new Utf8JsonWriter(buffer, Compact))
            {
                document.RootElement.WriteTo(writer);
            }

            return buffer.WrittenCount <= MaxBytes
                ? buffer.WrittenSpan.ToArray()
                : throw new FormatException($"The record is larger than {MaxBytes} bytes.");
        }
        catch (JsonException)
        {
            throw new FormatException(
                $"The answer's JSON object is malformed, names a member twice, or is nested more than {MaxDepth} levels deep."
            );
        }
        catch (InvalidOperationException)
        {
            throw new FormatException("The answer's JSON object holds half a surrogate pair.");
        }
    }
}
