using System.Text.Json;
using DataGen.Mock.Node;

namespace DataGen.Mock.R1fs;

/// <summary>Reads JSON bodies and collects what is wrong with them.</summary>
internal sealed class R1fsBody(JsonElement root)
{
    public List<InputProblem> Problems { get; } = [];

    /// <summary>Reads the body; answers 422 and returns null when it is no JSON object.</summary>
    public static async Task<R1fsBody?> ReadAsync(HttpContext context)
    {
        InputProblem problem;
        try
        {
            using var document = await JsonDocument.ParseAsync(
                context.Request.Body,
                cancellationToken: context.RequestAborted
            );
            if (document.RootElement.ValueKind is JsonValueKind.Object)
            {
                return new R1fsBody(document.RootElement.Clone());
            }

            problem = InputProblem.BodyIsNoObject;
        }
        catch (JsonException exception)
        {
            problem = context.Request.ContentLength is 0
                ? InputProblem.NoBody
                : InputProblem.BadJson(exception.BytePositionInLine ?? 0);
        }

        await InputProblem.WriteAsync(context, [problem]);
        return null;
    }

    public string? Text(string name, bool required = false)
    {
        if (Member(name, required) is not { } member)
        {
            return null;
        }

        if (member.ValueKind is JsonValueKind.String)
        {
            return member.GetString();
        }

        Problems.Add(InputProblem.NotText(name, member.GetRawText()));
        return null;
    }

    public long? Whole(string name, bool required = false)
    {
        if (Member(name, required) is not { } member)
        {
            return null;
        }

        if (member.ValueKind is JsonValueKind.Number && member.TryGetInt64(out var number))
        {
            return number;
        }

        Problems.Add(
            new InputProblem("int_type", ["body", name], "Input should be a valid integer", member.GetRawText())
        );
        return null;
    }

    public JsonElement? Object(string name)
    {
        if (Member(name, required: true) is not { } member)
        {
            return null;
        }

        if (member.ValueKind is JsonValueKind.Object)
        {
            return member;
        }

        Problems.Add(InputProblem.NotObject(["body", name], member.GetRawText()));
        return null;
    }

    public IReadOnlyList<string> Texts(string name)
    {
        if (Member(name, required: true) is not { } member)
        {
            return [];
        }

        if (
            member.ValueKind is JsonValueKind.Array
            && member.EnumerateArray().All(each => each.ValueKind is JsonValueKind.String)
        )
        {
            return [.. member.EnumerateArray().Select(each => each.GetString()!)];
        }

        Problems.Add(InputProblem.NotList(name, member.GetRawText()));
        return [];
    }

    /// <summary>Answers 422 when something was wrong.</summary>
    public async Task<bool> IsRefusedAsync(HttpContext context)
    {
        if (Problems.Count == 0)
        {
            return false;
        }

        await InputProblem.WriteAsync(context, Problems);
        return true;
    }

    private JsonElement? Member(string name, bool required)
    {
        if (root.TryGetProperty(name, out var member) && member.ValueKind is not JsonValueKind.Null)
        {
            return member;
        }

        if (required)
        {
            Problems.Add(InputProblem.Missing("body", name));
        }

        return null;
    }
}
