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

    /// <summary>Reads the body.</summary>
    /// <exception cref="NodeException">A member has another type.</exception>
    public static async Task<NodeRequest> ReadAsync(HttpContext context, bool takesRequestId)
    {
        var body = await JsonBody.ReadAsync(context);
        var request = new NodeRequest(
            body.List("messages", JsonValueKind.Object),
            body.Number("temperature", 0.7),
            body.Whole("max_tokens") ?? 512,
            body.Number("top_p", 1),
            body.Number("repeat_penalty", 1),
            body.Object("response_format"),
            body.Object("metadata"),
            body.Text("authorization"),
            (takesRequestId ? body : body.Within("extras"))?.Text("request_id")
        );
        body.Check();
        return request;
    }

    /// <summary>Checks what the members hold.</summary>
    /// <returns>The completion to make, or the error.</returns>
    public static (CompletionRequest? Request, string? Error) Check(NodeRequest request, string model)
    {
        var messages = new List<ChatMessage>();
        foreach (var message in request.Messages)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"messages[{messages.Count}]");
            var role = message.Text("role");
            if (role is not ("system" or "user" or "assistant" or "tool"))
            {
                return (null, $"{at}.role must be one of: system, user, assistant, tool.");
            }

            var content = message.Text("content");
            if (string.IsNullOrWhiteSpace(content))
            {
                return (null, $"{at}.content must be a non-empty string.");
            }

            messages.Add(new ChatMessage(role, content.Trim()));
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

        var type = given.Text("type");
        if (type is not ("json_object" or "json_schema"))
        {
            return "response_format.type must be one of: json_object, json_schema.";
        }

        var inner = type is "json_schema" ? given.Member("json_schema", JsonValueKind.Object) : null;
        var holder = inner ?? given;
        var schema = holder.Member("schema");
        if (schema is { ValueKind: not JsonValueKind.Object })
        {
            return "response_format.schema must be an object.";
        }

        // With json_object there is no place for a name but the schema's own title.
        var name = holder.Text("name") ?? schema?.Text("title");
        request = request with { Format = type, Schema = schema, SchemaName = name };
        return schema is null && type is "json_schema" ? "response_format.json_schema.schema is required." : null;
    }

    private static bool IsRequestId(string id) =>
        id.Length is > 0 and <= LongestRequestId
        && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or ':' or '-');
}
