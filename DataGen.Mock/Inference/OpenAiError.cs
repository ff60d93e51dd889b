using System.Text.Json.Nodes;
using DataGen.Mock.Hosting;

namespace DataGen.Mock.Inference;

/// <summary>A failure in OpenAI's shape: <c>{"error":{"message","type","param","code"}}</c>.</summary>
internal sealed record OpenAiError(
    int Status,
    string Message,
    string Type,
    string? Parameter = null,
    string? Code = null
)
{
    public Task SendAsync(HttpContext context) =>
        Responses.WriteJsonAsync(
            context,
            Status,
            new JsonObject
            {
                ["error"] = new JsonObject
                {
                    ["message"] = Message,
                    ["type"] = Type,
                    ["param"] = Parameter,
                    ["code"] = Code,
                },
            }
        );
}
