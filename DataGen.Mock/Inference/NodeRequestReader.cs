using System.Globalization;
using System.Text.Json;
using DataGen.Mock.Node;
using DataGen.Mock.Records;

namespace DataGen.Mock.Inference;

/// <summary>Reads bodies for the Ratio1 API in the node's two steps: types (422), later what the members hold (200 with
/// <c>error</c>).</summary>
internal static class NodeRequestReader
{
    private const int LongestRequestId = 256;

    /// <summary>Checks the types.</summary>
    public static IReadOnlyList<InputProblem> TryRead(JsonElement body, bool takesRequestId, out NodeRequest request)
    {
        request = new NodeRequest { Messages = default };
        if (body.ValueKind is not JsonValueKind.Object)
        {
            return [InputProblem.BodyIsNoObject];
        }

        var problems = new List<InputProblem>();
        var messages = Member(body, "messages");
        if (messages is null)
        {
            problems.Add(InputProblem.Missing("body", "messages"));
        }
        else if (messages.Value.ValueKind is not JsonValueKind.Array)
        {
            problems.Add(InputProblem.NotList("messages", messages.Value.GetRawText()));
        }
        else
        {
            var index = 0;
            foreach (var message in messages.Value.EnumerateArray())
            {
                if (message.ValueKind is not JsonValueKind.Object)
                {
                    problems.Add(InputProblem.NotObject(["body", "messages", index], message.GetRawText()));
                }

                index++;
            }
        }

        request = new NodeRequest
        {
            Messages = messages ?? default,
            Temperature = Number(body, "temperature", 0.7, problems),
            MaxTokens = Number(body, "max_tokens", 512, problems, whole: true),
            TopP = Number(body, "top_p", 1, problems),
            RepeatPenalty = Number(body, "repeat_penalty", 1, problems),
            ResponseFormat = Object(body, "response_format", problems),
            Metadata = Object(body, "metadata", problems)?.GetRawText(),
            Authorization = Text(body, "authorization", problems),
            RequestId = takesRequestId ? Text(body, "request_id", problems) : ExtraRequestId(body, problems),
        };
        return problems;
    }

    /// <summary>Checks what the members hold.</summary>
    /// <returns>The completion to make, or the error.</returns>
    public static (CompletionRequest? Request, string? Error) Check(NodeRequest request, string model)
    {
        var messages = new List<ChatMessage>();
        foreach (var message in request.Messages.EnumerateArray())
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"messages[{messages.Count}]");
            if (
                Member(message, "role") is not { ValueKind: JsonValueKind.String } role
                || role.GetString() is not ("system" or "user" or "assistant" or "tool")
            )
            {
                return (null, $"{at}.role must be one of: system, user, assistant, tool.");
            }

            if (
                Member(message, "content") is not { ValueKind: JsonValueKind.String } content
                || string.IsNullOrWhiteSpace(content.GetString())
            )
            {
                return (null, $"{at}.content must be a non-empty string.");
            }

            messages.Add(new ChatMessage(role.GetString()!, content.GetString()!.Trim()));
        }

        if (messages.Count == 0)
        {
            return (null, "messages must be a non-empty list.");
        }

        if (request.Temperature is not (>= 0 and <= 1.5))
        {
            return (null, "temperature must be between 0 and 1.5.");
        }

        if (request.MaxTokens is not (>= 16 and <= 4096))
        {
            return (null, "max_tokens must be between 16 and 4096.");
        }

        if (request.TopP is not (> 0 and <= 1))
        {
            return (null, "top_p must be above 0 and at most 1.");
        }

        if (request.RepeatPenalty is not > 0)
        {
            return (null, "repeat_penalty must be above 0.");
        }

        if (request.RequestId is { } id && !IsRequestId(id))
        {
            return (null, "request_id must have 1 to 256 characters of A-Z, a-z, 0-9, '.', '_', ':' and '-'.");
        }

        var completion = new CompletionRequest(messages, (int)request.MaxTokens, null, model);
        return Format(request.ResponseFormat, ref completion) is { } error ? (null, error) : (completion, null);
    }

    /// <summary>Adds what <c>response_format</c> says to the request, or tells what is wrong with it.</summary>
    private static string? Format(JsonElement? format, ref CompletionRequest request)
    {
        if (format is not { } given)
        {
            return null;
        }

        var type = Member(given, "type") is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        if (type is not ("json_object" or "json_schema"))
        {
            return "response_format.type must be one of: json_object, json_schema.";
        }

        var holder =
            type is "json_schema" && Member(given, "json_schema") is { ValueKind: JsonValueKind.Object } inner
                ? inner
                : given;
        var schema = Member(holder, "schema");
        if (schema is { ValueKind: not JsonValueKind.Object })
        {
            return "response_format.schema must be an object.";
        }

        // With json_object there is no place for a name but the schema's own title.
        var name = (Member(holder, "name") ?? (schema is { } titled ? Member(titled, "title") : null))
            is { ValueKind: JsonValueKind.String } sent
            ? sent.GetString()
            : null;
        request = request with { Format = type, Schema = schema, SchemaName = name };
        return schema is null && type is "json_schema" ? "response_format.json_schema.schema is required." : null;
    }

    private static bool IsRequestId(string id) =>
        id.Length is > 0 and <= LongestRequestId
        && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or ':' or '-');

    private static JsonElement? Member(JsonElement body, string name) =>
        body.TryGetProperty(name, out var member) && member.ValueKind is not JsonValueKind.Null ? member : null;

    private static double Number(
        JsonElement body,
        string name,
        double fallback,
        List<InputProblem> problems,
        bool whole = false
    )
    {
        if (Member(body, name) is not { } member)
        {
            return fallback;
        }

        var value = member.ValueKind switch
        {
            JsonValueKind.Number => member.GetDouble(),
            JsonValueKind.String
                when double.TryParse(
                    member.GetString(),
                    NumberStyles.Float,
                    CultureInfo.InvariantCulture,
                    out var number
                ) => number,
            _ => double.NaN,
        };
        if (double.IsNaN(value))
        {
            problems.Add(
                new InputProblem(
                    whole ? "int_type" : "float_type",
                    ["body", name],
                    whole ? "Input should be a valid integer" : "Input should be a valid number",
                    member.GetRawText()
                )
            );
        }
        else if (whole && value != Math.Floor(value))
        {
            problems.Add(
                new InputProblem(
                    "int_from_float",
                    ["body", name],
                    "Input should be a valid integer, got a number with a fractional part",
                    member.GetRawText()
                )
            );
        }

        return value;
    }

    private static JsonElement? Object(JsonElement body, string name, List<InputProblem> problems)
    {
        if (Member(body, name) is not { } member)
        {
            return null;
        }

        if (member.ValueKind is not JsonValueKind.Object)
        {
            problems.Add(InputProblem.NotObject(["body", name], member.GetRawText()));
        }

        return member;
    }

    private static string? Text(JsonElement body, string name, List<InputProblem> problems)
    {
        if (Member(body, name) is not { } member)
        {
            return null;
        }

        if (member.ValueKind is JsonValueKind.String)
        {
            return member.GetString();
        }

        problems.Add(InputProblem.NotText(name, member.GetRawText()));
        return null;
    }

    private static string? ExtraRequestId(JsonElement body, List<InputProblem> problems) =>
        Object(body, "extras", problems) is { ValueKind: JsonValueKind.Object } extras
            ? Text(extras, "request_id", problems)
            : null;
}
