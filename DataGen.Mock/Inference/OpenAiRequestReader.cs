using System.Globalization;
using System.Text.Json;
using DataGen.Mock.Records;

namespace DataGen.Mock.Inference;

/// <summary>Reads and checks bodies for OpenAI's <c>/v1/chat/completions</c>.</summary>
internal static class OpenAiRequestReader
{
    private const int DefaultMaxTokens = 4096;

    /// <summary>The completion to make.</summary>
    /// <exception cref="OpenAiException">Something is wrong with the body.</exception>
    public static CompletionRequest Read(JsonElement body, string models)
    {
        if (body.ValueKind is not JsonValueKind.Object)
        {
            throw OpenAiException.Invalid("We could not parse the JSON body of your request.");
        }

        if (body.Text("model") is not { } model || string.IsNullOrWhiteSpace(model))
        {
            throw OpenAiException.Invalid("you must provide a model parameter");
        }

        if (models.Length > 0 && !models.Split(',', StringSplitOptions.TrimEntries).Contains(model))
        {
            throw new OpenAiException(
                StatusCodes.Status404NotFound,
                $"The model '{model}' does not exist or you do not have access to it.",
                "invalid_request_error",
                "model",
                "model_not_found"
            );
        }

        if (body.Member("messages", JsonValueKind.Array) is not { } list || list.GetArrayLength() == 0)
        {
            throw OpenAiException.Invalid("'messages' must be a non-empty array.", "messages");
        }

        ChatMessage[] messages = [.. list.EnumerateArray().Select(Message)];
        if (body.Member("stream", JsonValueKind.True) is not null)
        {
            throw OpenAiException.Invalid("The mock does not stream.", "stream");
        }

        if (Number(body, "n") is not (null or 1))
        {
            throw OpenAiException.Invalid("The mock makes one choice: 'n' must be 1.", "n");
        }

        if (Number(body, "temperature") is not (null or (>= 0 and <= 2)))
        {
            throw OpenAiException.Invalid("'temperature' must be between 0 and 2.", "temperature");
        }

        if (Number(body, "top_p") is not (null or (>= 0 and <= 1)))
        {
            throw OpenAiException.Invalid("'top_p' must be between 0 and 1.", "top_p");
        }

        var limit = Number(body, "max_completion_tokens") ?? Number(body, "max_tokens") ?? DefaultMaxTokens;
        if (!(limit >= 1 && limit <= int.MaxValue && limit == Math.Floor(limit)))
        {
            throw OpenAiException.Invalid("'max_tokens' must be a whole number above 0.", "max_tokens");
        }

        var request = new CompletionRequest(messages, (int)limit, null, model);
        return body.Member("response_format") is { } format ? WithFormat(request, format) : request;
    }

    private static ChatMessage Message(JsonElement message, int index)
    {
        var at = string.Create(CultureInfo.InvariantCulture, $"messages[{index}]");
        if (message.ValueKind is not JsonValueKind.Object)
        {
            throw OpenAiException.Invalid($"'{at}' must be an object.", at);
        }

        const string roles = "system, developer, user, assistant, tool, function";
        if (message.Text("role") is not { } role || !roles.Split(", ").Contains(role))
        {
            throw OpenAiException.Invalid($"'{at}.role' must be one of {roles}.", $"{at}.role");
        }

        return Content(message.Member("content")) is { } content
            ? new ChatMessage(role, content.Trim())
            : throw OpenAiException.Invalid(
                $"'{at}.content' must be a string or an array of text parts.",
                $"{at}.content"
            );
    }

    /// <summary>The text of a message; null when there is something else in it.</summary>
    private static string? Content(JsonElement? content)
    {
        switch (content?.ValueKind)
        {
            case null:
                return "";
            case JsonValueKind.String:
                return content.Value.GetString();
            case JsonValueKind.Array:
                string?[] parts =
                [
                    .. content
                        .Value.EnumerateArray()
                        .Select(part => part.ValueKind is JsonValueKind.Object ? part.Text("text") : null),
                ];
                return parts.Contains(null) ? null : string.Concat(parts);
            default:
                return null;
        }
    }

    /// <summary>The request with what <c>response_format</c> says.</summary>
    private static CompletionRequest WithFormat(CompletionRequest request, JsonElement format)
    {
        var type = format.ValueKind is JsonValueKind.Object ? format.Text("type") : null;
        request = request with { Format = type };
        switch (type)
        {
            case "text":
                return request;
            case "json_object" when format.Member("schema") is not null:
                throw OpenAiException.Invalid(
                    "Unknown parameter: 'response_format.schema'.",
                    "response_format.schema",
                    "unknown_parameter"
                );
            case "json_object":
                return request.Messages.Any(message =>
                    message.Content.Contains("json", StringComparison.OrdinalIgnoreCase)
                )
                    ? request
                    : throw OpenAiException.Invalid(
                        "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
                        "messages"
                    );
            case "json_schema":
                var inner =
                    format.Member("json_schema", JsonValueKind.Object)
                    ?? throw OpenAiException.Missing("response_format.json_schema");
                return request with
                {
                    SchemaName =
                        inner.Text("name") ?? throw OpenAiException.Missing("response_format.json_schema.name"),
                    Schema =
                        inner.Member("schema", JsonValueKind.Object)
                        ?? throw OpenAiException.Missing("response_format.json_schema.schema"),
                };
            default:
                throw OpenAiException.Invalid(
                    "'response_format.type' must be one of text, json_object, json_schema.",
                    "response_format.type"
                );
        }
    }

    /// <summary>The number; NaN, which no range holds, when it is none; null when there is none.</summary>
    private static double? Number(JsonElement body, string name) =>
        body.Member(name) is not { } member ? null
        : member.ValueKind is JsonValueKind.Number ? member.GetDouble()
        : double.NaN;
}
