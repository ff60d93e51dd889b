using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace DataGen.Runner.Inference;

/// <summary>
/// Writes messages and options in the server's dialect:
/// <code>
/// {"model":"small-1","messages":[{"role":"system","content":"…"},{"role":"user","content":"…"}],"temperature":0.7,"max_tokens":1024,"stream":false,
/// "response_format":{"type":"json_object"}}
/// </code>
/// The text that the calls of a task share is escaped once.
/// </summary>
internal sealed class ChatRequestWriter(InferenceSettings settings)
{
    /// <summary>
    /// Ratio1's llama.cpp back end takes a temperature of 0 for "not given" and samples at 0.7; this is the lowest
    /// temperature that it accepts.
    /// </summary>
    private const float NearlyZero = 0.01f;

    // The request is JSON for programs: an apostrophe or a letter of any script is written as it is.
    private static readonly JsonWriterOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly bool ratio1 = settings.Dialect == ChatDialect.Ratio1;

    // The key is the string object itself; an entry lives as long as a task holds the string.
    private readonly ConditionalWeakTable<string, byte[]> escaped = [];

    /// <param name="messages">A message of several texts shares all but the last with other calls; the system message
    /// is shared too.</param>
    public ReadOnlyMemory<byte> Write(IEnumerable<ChatMessage> messages, ChatOptions? options, RequestShape shape)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            if ((options?.ModelId ?? settings.Model) is { } model)
            {
                json.WriteString("model"u8, model);
            }

            json.WriteStartArray("messages"u8);
            if (!string.IsNullOrWhiteSpace(options?.Instructions))
            {
                WriteMessage(json, new ChatMessage(ChatRole.System, options.Instructions));
            }

            foreach (var message in messages)
            {
                WriteMessage(json, message);
            }

            json.WriteEndArray();
            WriteOptions(json, options, shape);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private void WriteMessage(Utf8JsonWriter json, ChatMessage message)
    {
        json.WriteStartObject();
        json.WriteString("role"u8, message.Role.Value);
        json.WritePropertyName("content"u8);
        switch (message.Contents)
        {
            case [TextContent only] when message.Role == ChatRole.System:
                json.WriteRawValue(Escaped(only.Text), skipInputValidation: true);
                break;
            case [TextContent shared, TextContent own]:
                // Joins the two escaped strings "…" and "…" into one.
                var (before, after) = (Escaped(shared.Text), JsonEncodedText.Encode(own.Text, Plain.Encoder));
                var whole = new byte[before.Length + after.EncodedUtf8Bytes.Length];
                before.CopyTo(whole, 0);
                after.EncodedUtf8Bytes.CopyTo(whole.AsSpan(before.Length - 1));
                whole[^1] = (byte)'"';
                json.WriteRawValue(whole, skipInputValidation: true);
                break;
            default:
                json.WriteStringValue(message.Text);
                break;
        }

        json.WriteEndObject();
    }

    // The escaped text with its quotation marks.
    private byte[] Escaped(string text) =>
        escaped.GetValue(
            text,
            static text => [(byte)'"', .. JsonEncodedText.Encode(text, Plain.Encoder).EncodedUtf8Bytes, (byte)'"']
        );

    private void WriteOptions(Utf8JsonWriter json, ChatOptions? options, RequestShape shape)
    {
        if (options?.Temperature is { } temperature)
        {
            json.WriteNumber("temperature"u8, ratio1 && temperature == 0 ? NearlyZero : temperature);
        }

        if (options?.TopP is { } topP)
        {
            json.WriteNumber("top_p"u8, topP);
        }

        if (options?.MaxOutputTokens is { } tokens)
        {
            // Newer OpenAI models require max_completion_tokens.
            json.WriteNumber(shape.NewTokenLimit ? "max_completion_tokens"u8 : "max_tokens"u8, tokens);
        }

        // Always written, because some servers stream when it is left out.
        json.WriteBoolean("stream"u8, false);
        if (options?.StopSequences is { } stops)
        {
            json.WriteStartArray("stop"u8);
            foreach (var stop in stops)
            {
                json.WriteStringValue(stop);
            }

            json.WriteEndArray();
        }

        if (options?.Seed is { } seed)
        {
            json.WriteNumber("seed"u8, seed);
        }

        if (options?.ResponseFormat is ChatResponseFormatJson format)
        {
            WriteFormat(json, format, shape);
        }

        if (ratio1 && settings.ApiKey is { } key)
        {
            // Ratio1 reads the token here and ignores the header.
            json.WriteString("authorization"u8, $"Bearer {key}");
        }
    }

    private void WriteFormat(Utf8JsonWriter json, ChatResponseFormatJson format, RequestShape shape)
    {
        if (format.Schema is { } schema && shape.JsonSchema)
        {
            json.WriteStartObject("response_format"u8);
            json.WriteString("type"u8, ratio1 ? "json_object"u8 : "json_schema"u8);
            if (!ratio1)
            {
                json.WriteStartObject("json_schema"u8);
                json.WriteString("name"u8, format.SchemaName ?? "record");
                if (shape.Strict)
                {
                    json.WriteBoolean("strict"u8, true);
                }
            }

            json.WritePropertyName("schema"u8);
            schema.WriteTo(json);
            if (!ratio1)
            {
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }
        else if (shape.JsonObject)
        {
            json.WriteStartObject("response_format"u8);
            json.WriteString("type"u8, "json_object"u8);
            json.WriteEndObject();
        }
    }
}
