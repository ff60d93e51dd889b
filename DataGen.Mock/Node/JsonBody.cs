using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;

namespace DataGen.Mock.Node;

/// <summary>Reads the members of a JSON body, and collects what is wrong with them, as FastAPI does.</summary>
internal sealed class JsonBody
{
    private readonly JsonElement root;
    private readonly List<InputProblem> problems;

    private JsonBody(JsonElement root, List<InputProblem> problems) => (this.root, this.problems) = (root, problems);

    /// <exception cref="NodeException">It is no JSON object.</exception>
    public static async Task<JsonBody> ReadAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            throw NodeException.Wrong(InputProblem.Missing("body"));
        }

        try
        {
            if (IsJson(context.Request.ContentType))
            {
                using var body = await JsonDocument.ParseAsync(
                    context.Request.Body,
                    cancellationToken: context.RequestAborted
                );
                if (body.RootElement.ValueKind is JsonValueKind.Object)
                {
                    return new JsonBody(body.RootElement.Clone(), []);
                }
            }
        }
        catch (JsonException exception)
        {
            var at = (int)(exception.BytePositionInLine ?? 0);
            throw NodeException.Wrong(new InputProblem("json_invalid", "JSON decode error", "{}", "body", at));
        }

        throw NodeException.Wrong(
            new InputProblem(
                "model_attributes_type",
                "Input should be a valid dictionary or object to extract fields from",
                null,
                "body"
            )
        );
    }

    /// <exception cref="NodeException">Something was wrong with what was read.</exception>
    public void Check()
    {
        if (problems.Count > 0)
        {
            throw NodeException.Wrong(problems);
        }
    }

    public string? Text(string name, bool required = false) =>
        Member(name, JsonValueKind.String, required)?.GetString();

    public JsonElement? Object(string name, bool required = false) => Member(name, JsonValueKind.Object, required);

    /// <summary>An object in the body, whose own members can be read.</summary>
    public JsonBody? Within(string name) => Object(name) is { } inner ? new JsonBody(inner, problems) : null;

    public JsonElement? List(string name, bool required = false) => Member(name, JsonValueKind.Array, required);

    /// <summary>A list of values of one kind, which has to be there.</summary>
    public IReadOnlyList<JsonElement> List(string name, JsonValueKind each) =>
        List(name, required: true) is { } list
            ?
            [
                .. list.EnumerateArray()
                    .Where((item, at) => item.ValueKind == each || Mistyped(item, each, "body", name, at)),
            ]
            : [];

    /// <summary>JSON of any kind, which has to be there, as it came.</summary>
    public byte[] Raw(string name) =>
        Find(name, required: true) is { } member ? JsonMarshal.GetRawUtf8Value(member).ToArray() : [];

    public double Number(string name, double fallback)
    {
        if (Find(name, required: false) is not { } member)
        {
            return fallback;
        }

        if (Number(member) is { } number)
        {
            return number;
        }

        Refuse(member, "float_type", "Input should be a valid number", "body", name);
        return fallback;
    }

    public long? Whole(string name, bool required = false)
    {
        if (Find(name, required) is not { } member)
        {
            return null;
        }

        if (member.ValueKind is JsonValueKind.Number && member.TryGetInt64(out var whole))
        {
            return whole;
        }

        if (Number(member) is not { } number)
        {
            Refuse(member, "int_type", "Input should be a valid integer", "body", name);
        }
        else if (number == Math.Floor(number))
        {
            return (long)number;
        }
        else
        {
            const string message = "Input should be a valid integer, got a number with a fractional part";
            Refuse(member, "int_from_float", message, "body", name);
        }

        return null;
    }

    /// <summary>Whether FastAPI would read a body as JSON.</summary>
    private static bool IsJson(string? contentType) =>
        contentType is null
        || contentType.Split(';')[0].Trim() is var media
            && (
                media.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                || media.EndsWith("+json", StringComparison.OrdinalIgnoreCase)
            );

    private JsonElement? Member(string name, JsonValueKind kind, bool required) =>
        Find(name, required) is { } member && (member.ValueKind == kind || Mistyped(member, kind, "body", name))
            ? member
            : null;

    private JsonElement? Find(string name, bool required)
    {
        if (root.TryGetProperty(name, out var member) && (required || member.ValueKind is not JsonValueKind.Null))
        {
            return member;
        }

        if (required)
        {
            problems.Add(InputProblem.Missing("body", name));
        }

        return null;
    }

    /// <summary>Notes it, and is false.</summary>
    private bool Mistyped(JsonElement value, JsonValueKind kind, params JsonNode[] location)
    {
        var (type, called) = kind switch
        {
            JsonValueKind.Object => ("dict_type", "dictionary"),
            JsonValueKind.Array => ("list_type", "list"),
            _ => ("string_type", "string"),
        };
        Refuse(value, type, $"Input should be a valid {called}", location);
        return false;
    }

    private void Refuse(JsonElement value, string type, string message, params JsonNode[] location) =>
        problems.Add(new InputProblem(type, message, value.GetRawText(), location));

    private static double? Number(JsonElement value) =>
        value.ValueKind is JsonValueKind.Number ? value.GetDouble()
        : value.ValueKind is JsonValueKind.String
        && double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
        : null;
}
