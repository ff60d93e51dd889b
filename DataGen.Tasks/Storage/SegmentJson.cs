using System.Buffers;
using System.Text;
using System.Text.Json;
using DataGen.Tasks.Model;

namespace DataGen.Tasks.Storage;

/// <summary>
/// The stored form of a segment:
/// <code>{"at":"2026-11-22T19:30:00.123Z","records":[{"i":0,"ok":true,"data":{"name":"Ada"},"attempts":1,"tokens":{"input":210,"output":64},"ms":812},
/// {"i":1,"ok":false,"error":"The answer was cut off at 512
/// tokens.","answer":"{\"name\":\"Gr","attempts":2,"tokens":{"input":1260,"output":3072},"ms":9120}]}</code>
/// </summary>
internal static class SegmentJson
{
    // Records hold people's names in every script: this keeps them readable in the store, at a third of the size of
    // \uXXXX.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>The segment as it is stored.</summary>
    public static ReadOnlyMemory<byte> Write(Segment segment)
    {
        var buffer = new ArrayBufferWriter<byte>(256 * segment.Records.Count);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            if (segment.StoredAt is { } at)
            {
                writer.WriteString("at"u8, at.UtcDateTime);
            }

            writer.WriteStartArray("records"u8);
            foreach (var record in segment.Records)
            {
                WriteRecord(writer, record);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>The segment as it was stored.</summary>
    /// <exception cref="JsonException">The bytes are not a segment.</exception>
    public static Segment Read(SegmentId id, ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        if (
            document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("records"u8, out var items)
            || items.ValueKind != JsonValueKind.Array
            || items.GetArrayLength() == 0
        )
        {
            throw new JsonException($"Segment {id.Epoch}-{id.Sequence} holds no records.");
        }

        var records = new List<StoredRecord>(items.GetArrayLength());
        foreach (var item in items.EnumerateArray())
        {
            var tokens = item.GetProperty("tokens"u8);
            records.Add(
                new StoredRecord(
                    item.GetProperty("i"u8).GetInt32(),
                    item.GetProperty("ok"u8).GetBoolean()
                        ? Encoding.UTF8.GetBytes(item.GetProperty("data"u8).GetRawText())
                        : (ReadOnlyMemory<byte>?)null,
                    item.TryGetProperty("error"u8, out var error) ? error.GetString() : null,
                    item.GetProperty("attempts"u8).GetInt32(),
                    new TokenCount(tokens.GetProperty("input"u8).GetInt64(), tokens.GetProperty("output"u8).GetInt64()),
                    item.GetProperty("ms"u8).GetInt64(),
                    item.TryGetProperty("answer"u8, out var answer) ? answer.GetString() : null,
                    item.TryGetProperty("rejected"u8, out var rejected) ? rejected.GetInt32() : 0
                )
            );
        }

        return new Segment(
            id,
            records,
            document.RootElement.TryGetProperty("at"u8, out var at) ? at.GetDateTimeOffset() : null
        );
    }

    private static void WriteRecord(Utf8JsonWriter writer, StoredRecord record)
    {
        writer.WriteStartObject();
        writer.WriteNumber("i"u8, record.Index);
        writer.WriteBoolean("ok"u8, record.Ok);
        if (record.Data is { } data)
        {
            writer.WritePropertyName("data"u8);
            writer.WriteRawValue(data.Span, skipInputValidation: true);
        }
        else
        {
            writer.WriteString("error"u8, record.Error);
            if (record.Answer is { } answer)
            {
                writer.WriteString("answer"u8, answer);
            }
        }

        writer.WriteNumber("attempts"u8, record.Attempts);
        if (record.Rejected > 0)
        {
            writer.WriteNumber("rejected"u8, record.Rejected);
        }

        writer.WriteStartObject("tokens"u8);
        writer.WriteNumber("input"u8, record.Tokens.Input);
        writer.WriteNumber("output"u8, record.Tokens.Output);
        writer.WriteEndObject();
        writer.WriteNumber("ms"u8, record.DurationMs);
        writer.WriteEndObject();
    }
}
