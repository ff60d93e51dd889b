using System.Globalization;
using System.Text;
using System.Text.Json;
using DataGen.Mock.Records;

namespace DataGen.Mock.Inference;

/// <summary>Reads and checks bodies for OpenAI's <c>/v1/chat/completions</c>.</summary>
internal static class OpenAiRequestReader
{
    private const int DefaultMaxTokens = 4096;

    /// <summary>The completion to make, or what is wrong.</summary>
    public static (CompletionRequest? Request, OpenAiError? Error) Read(JsonElement body, string models)
    {
        if (body.ValueKind is not JsonValueKind.Object)
        {
            return Wrong("We could not parse the JSON body of your request.", null);
        }

        if (
            Member(body, "model") is not { ValueKind: JsonValueKind.String } model
            || string.IsNullOrWhiteSpace(model.GetString())
        )
        {
            return Wrong("you must provide a model parameter", null);
        }

        var name = model.GetString()!;
        if (models.Length > 0 && !models.Split(',', StringSplitOptions.TrimEntries).Contains(name))
        {
            return (
                null,
                new OpenAiError(
                    StatusCodes.Status404NotFound,
                    $"The model '{name}' does not exist or you do not have access to it.",
                    "invalid_request_error",
                    "model",
                    "model_not_found"
                )
            );
        }

        if (Member(body, "messages") is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() == 0)
        {
            return Wrong("'messages' must be a non-empty array.", "messages");
        }

        var messages = new List<ChatMessage>();
        foreach (var message in list.EnumerateArray())
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"messages[{messages.Count}]");
            if (message.ValueKind is not JsonValueKind.Object)
            {
                return Wrong($"'{at}' must be an object.", at);
            }

            if (
                Member(message, "role") is not { ValueKind: JsonValueKind.String } role
                || role.GetString() is not ("system" or "developer" or "user" or "assistant" or "tool" or "function")
            )
            {
                return Wrong(
                    $"'{at}.role' must be one of system, developer, user, assistant, tool, function.",
                    $"{at}.role"
                );
            }

            if (Content(message) is not { } content)
            {
                return Wrong($"'{at}.content' must be a string or an array of text parts.", $"{at}.content");
            }

            messages.Add(new ChatMessage(role.GetString()!, content.Trim()));
        }

        if (Member(body, "stream") is { ValueKind: JsonValueKind.True })
        {
            return Wrong("The mock does not stream.", "stream");
        }

        if (Number(body, "n") is not (null or 1))
        {
            return Wrong("The mock makes one choice: 'n' must be 1.", "n");
        }

        if (Number(body, "temperature") is { } temperature && temperature is not (>= 0 and <= 2))
        {
            return Wrong("'temperature' must be between 0 and 2.", "temperature");
        }

        if (Number(body, "top_p") is { } topP && topP is not (>= 0 and <= 1))
        {
            return Wrong("'top_p' must be between 0 and 1.", "top_p");
        }

        var limit = Number(body, "max_completion_tokens") ?? Number(body, "max_tokens");
        if (limit is { } tokens && !(tokens >= 1 && tokens <= int.MaxValue && tokens == Math.Floor(tokens)))
        {
            return Wrong("'max_tokens' must be a whole number above 0.", "max_tokens");
        }

        var request = new CompletionRequest(messages, (int)(limit ?? DefaultMaxTokens), null, name);
        return Format(body, ref request) is { } error ? (null, error) : (request, null);
    }

    /// <summary>Adds what <c>response_format</c> says to the request, or tells what is wrong with it.</summary>
    private static OpenAiError? Format(JsonElement body, ref CompletionRequest request)
    {
        if (Member(body, "response_format") is not { } format)
        {
            return null;
        }

        var type =
            format.ValueKind is JsonValueKind.Object
            && Member(format, "type") is { ValueKind: JsonValueKind.String } text
                ? text.GetString()
                : null;
        request = request with { Format = type };
        switch (type)
        {
            case "text":
                return null;
            case "json_object":
                if (Member(format, "schema") is not null)
                {
                    return Invalid(
                        "Unknown parameter: 'response_format.schema'.",
                        "response_format.schema",
                        "unknown_parameter"
                    );
                }

                return request.Messages.Any(message =>
                    message.Content.Contains("json", StringComparison.OrdinalIgnoreCase)
                )
                    ? null
                    : Invalid(
                        "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
                        "messages"
                    );
            case "json_schema":
                if (Member(format, "json_schema") is not { ValueKind: JsonValueKind.Object } inner)
                {
                    return Invalid(
                        "Missing required parameter: 'response_format.json_schema'.",
                        "response_format.json_schema",
                        "missing_required_parameter"
                    );
                }

                if (Member(inner, "name") is not { ValueKind: JsonValueKind.String } name)
                {
                    return Invalid(
                        "Missing required parameter: 'response_format.json_schema.name'.",
                        "response_format.json_schema.name",
                        "missing_required_parameter"
                    );
                }

                request = request with { Schema = Member(inner, "schema"), SchemaName = name.GetString() };
                return request.Schema is { ValueKind: JsonValueKind.Object }
                    ? null
                    : Invalid(
                        "Missing required parameter: 'response_format.json_schema.schema'.",
                        "response_format.json_schema.schema",
                        "missing_required_parameter"
                    );
            default:
                return Invalid(
                    "'response_format.type' must be one of text, json_object, json_schema.",
                    "response_format.type"
                );
        }
    }

    private static string? Content(JsonElement message)
    {
        if (Member(message, "content") is not { } content)
        {
            return "";
        }

        if (content.ValueKind is JsonValueKind.String)
        {
            return content.GetString();
        }

        if (content.ValueKind is not JsonValueKind.Array)
        {
            return null;
        }

        var text = new StringBuilder();
        foreach (var part in content.EnumerateArray())
        {
            if (
                part.ValueKind is not JsonValueKind.Object
                || Member(part, "text") is not { ValueKind: JsonValueKind.String } piece
            )
            {
                return null;
            }

            text.Append(piece.GetString());
        }

        return text.ToString();
    }

    private static JsonElement? Member(JsonElement body, string name) =>
        body.TryGetProperty(name, out var member) && member.ValueKind is not JsonValueKind.Null ? member : null;

    /// <summary>The number; NaN, which no range holds, when it is none; null when there is none.</summary>
    private static double? Number(JsonElement body, string name) =>
        Member(body, name) is not { } member ? null
        : member.ValueKind is JsonValueKind.Number ? member.GetDouble()
        : double.NaN;

    private static (CompletionRequest?, OpenAiError?) Wrong(string message, string? parameter) =>
        (null, Invalid(message, parameter));

    private static OpenAiError Invalid(string message, string? parameter, string? code = null) =>
        new(StatusCodes.Status400BadRequest, message, "invalid_request_error", parameter, code);
}
