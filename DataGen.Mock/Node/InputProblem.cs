using System.Text.Json.Nodes;
using DataGen.Mock.Hosting;

namespace DataGen.Mock.Node;

/// <summary>One entry of FastAPI's 422 list: <c>{"detail":[{"type":"missing","loc":["body","key"],"msg":"Field
/// required","input":null}]}</c>.</summary>
/// <param name="Type">FastAPI's name of the problem.</param>
/// <param name="Location">Where: <c>body</c> or <c>query</c>, then the parameter; a number is an index.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Input">What was given, as JSON; null: nothing.</param>
internal sealed record InputProblem(string Type, object[] Location, string Message, string? Input)
{
    public static InputProblem Missing(string part, string name) =>
        new("missing", [part, name], "Field required", null);

    public static InputProblem NotText(string name, string input) =>
        new("string_type", ["body", name], "Input should be a valid string", input);

    public static InputProblem NotList(string name, string input) =>
        new("list_type", ["body", name], "Input should be a valid list", input);

    public static InputProblem NotObject(object[] location, string input) =>
        new("dict_type", location, "Input should be a valid dictionary", input);

    public static InputProblem NoBody { get; } = new("missing", ["body"], "Field required", null);

    public static InputProblem BadJson(long position) =>
        new("json_invalid", ["body", (int)position], "JSON decode error", "{}");

    public static InputProblem BodyIsNoObject { get; } =
        new(
            "model_attributes_type",
            ["body"],
            "Input should be a valid dictionary or object to extract fields from",
            null
        );

    /// <summary>Answers 422.</summary>
    public static Task WriteAsync(HttpContext context, IEnumerable<InputProblem> problems) =>
        Responses.WriteJsonAsync(
            context,
            StatusCodes.Status422UnprocessableEntity,
            new JsonObject { ["detail"] = new JsonArray([.. problems.Select(problem => problem.ToJson())]) }
        );

    private JsonObject ToJson() =>
        new()
        {
            ["type"] = Type,
            ["loc"] = new JsonArray([
                .. Location.Select(step =>
                    step is int index ? JsonValue.Create(index) : JsonValue.Create((string)step)
                ),
            ]),
            ["msg"] = Message,
            ["input"] = Input is null ? null : JsonNode.Parse(Input),
        };
}
