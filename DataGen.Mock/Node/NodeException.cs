using System.Text.Json.Nodes;
using DataGen.Mock.Hosting;

namespace DataGen.Mock.Node;

/// <summary>Ends a call with a failure in the node's shape: <c>{"detail": {metadata, …}}</c>, or FastAPI's list of what
/// is wrong with the input.</summary>
internal sealed class NodeException(int status, JsonNode detail) : Exception
{
    /// <summary><c>{"detail": {metadata, "detail": text}}</c>.</summary>
    public NodeException(int status, string text)
        : this(status, new JsonObject { ["detail"] = text }) { }

    public int Status => status;

    /// <summary>The endpoint raised: <c>{"detail": {metadata, "error", "status_code", "logged"}}</c>.</summary>
    public static NodeException Raised(string error) =>
        new(
            StatusCodes.Status500InternalServerError,
            new JsonObject
            {
                ["error"] = error,
                ["status_code"] = StatusCodes.Status500InternalServerError,
                ["logged"] = true,
            }
        );

    /// <summary>The plugin did not answer in time.</summary>
    public static NodeException Unanswered() =>
        new(
            StatusCodes.Status504GatewayTimeout,
            new JsonObject { ["detail"] = "Error waiting for plugin response: ", ["logged"] = true }
        );

    /// <summary>422.</summary>
    public static NodeException Wrong(params IEnumerable<InputProblem> problems) =>
        new(StatusCodes.Status422UnprocessableEntity, new JsonArray([.. problems.Select(problem => problem.ToJson())]));

    /// <summary>Answers for the node that was called.</summary>
    public Task AnswerAsync(HttpContext context)
    {
        var node = context.Request.Path.StartsWithSegments("/replica", StringComparison.Ordinal)
            ? NodeResponses.Replica
            : NodeResponses.Main;
        return Responses.WriteJsonAsync(
            context,
            status,
            new JsonObject { ["detail"] = detail is JsonObject members ? node.WithMetadata(members) : detail }
        );
    }
}
