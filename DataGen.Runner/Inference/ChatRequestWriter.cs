using System.Text.Json;
using Microsoft.Extensions.AI;

namespace DataGen.Runner.Inference;

/// <summary>Words messages and options in the server's dialect.</summary>
internal sealed class ChatRequestWriter(InferenceSettings settings)
{
    /// <summary>
    /// Ratio1's llama.cpp back end takes a temperature of 0 for "not given" and samples at 0.7; this is the nearest it
    /// understands.
    /// </summary>
    private const float NearlyZero = 0.01f;

    private static readonly JsonElement AnyObject = JsonElement.Parse("""{"type":"json_object"}"""u8);

    public byte[] Write(IEnumerable<ChatMessage> messages, ChatOptions? options, RequestShape shape)
    {
        var lines = new List<ChatCompletionMessage>();
        if (!string.IsNullOrWhiteSpace(options?.Instructions))
        {
            lines.Add(new ChatCompletionMessage(ChatRole.System.Value, options.Instructions));
        }

        foreach (var message in messages)
        {
            lines.Add(new ChatCompletionMessage(message.Role.Value, message.Text));
        }

        var ratio1 = settings.Dialect == ChatDialect.Ratio1;
        var request = new ChatCompletionRequest
        {
            Model = options?.ModelId ?? settings.Model,
            Messages = lines,
            Temperature = ratio1 && options?.Temperature == 0 ? NearlyZero : options?.Temperature,
            TopP = options?.TopP,
            MaxTokens = shape.NewTokenLimit ? null : options?.MaxOutputTokens,
            MaxCompletionTokens = shape.NewTokenLimit ? options?.MaxOutputTokens : null,
            Stop = options?.StopSequences,
            Seed = options?.Seed,
            ResponseFormat = Format(options?.ResponseFormat, shape, ratio1),
            Authorization = ratio1 && settings.ApiKey is { } key ? $"Bearer {key}" : null,
        };
        return JsonSerializer.SerializeToUtf8Bytes(request, InferenceJson.Default.ChatCompletionRequest);
    }

    private static JsonElement? Format(ChatResponseFormat? format, RequestShape shape, bool ratio1) =>
        format switch
        {
            ChatResponseFormatJson { Schema: { } schema } when shape.JsonSchema && ratio1 => Object(writer =>
            {
                writer.WriteString("type"u8, "json_object"u8);
                writer.WritePropertyName("schema"u8);
                schema.WriteTo(writer);
            }),
            ChatResponseFormatJson { Schema: { } schema } json when shape.JsonSchema => Object(writer =>
            {
                writer.WriteString("type"u8, "json_schema"u8);
                writer.WriteStartObject("json_schema"u8);
                writer.WriteString("name"u8, json.SchemaName ?? "record");
                if (shape.Strict)
                {
                    writer.WriteBoolean("strict"u8, true);
                }

                writer.WritePropertyName("schema"u8);
                schema.WriteTo(writer);
                writer.WriteEndObject();
            }),
            ChatResponseFormatJson when shape.JsonObject => AnyObject,
            _ => null,
        };

    private static JsonElement Object(Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.ToArray());
    }
}
