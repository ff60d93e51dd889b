using System.Text.Json.Nodes;

namespace DataGen.Mock.Node;

/// <summary>One entry of FastAPI's 422 list: <c>{"type":"missing","loc":["body","key"],"msg":"Field
/// required","input":null}</c>.</summary>
/// <param name="Type">FastAPI's name of the problem.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Input">What was given, as JSON; null: nothing.</param>
/// <param name="Location">Where: <c>body</c> or <c>query</c>, then the parameter; a number is an index.</param>
internal sealed record InputProblem(string Type, string Message, string? Input, params JsonNode[] Location)
{
    public static InputProblem Missing(params JsonNode[] location) => new("missing", "Field required", null, location);

    public JsonObject ToJson() =>
        new()
        {
            ["type"] = Type,
            ["loc"] = new JsonArray(Location),
            ["msg"] = Message,
            ["input"] = Input is null ? null : JsonNode.Parse(Input),
        };
}
