using System.Text.Json.Nodes;
using DataGen.Mock.Hosting;

namespace DataGen.Mock.Inference;

/// <summary>A failure in OpenAI's shape: <c>{"error":{"message","type","param","code"}}</c>.</summary>
internal sealed class OpenAiException(
    int status,
    string message,
    string type,
    string? parameter = null,
    string? code = null
) : Exception(message)
{
    public int Status => status;

    /// <summary>400.</summary>
    public static OpenAiException Invalid(string message, string? parameter = null, string? code = null) =>
        new(StatusCodes.Status400BadRequest, message, "invalid_request_error", parameter, code);

    public static OpenAiException Missing(string parameter) =>
        Invalid($"Missing required parameter: '{parameter}'.", parameter, "missing_required_parameter");

    public Task SendAsync(HttpContext context) =>
        Responses.WriteJsonAsync(
            context,
            status,
            new JsonObject
            {
                ["error"] = new JsonObject
                {
                    ["message"] = Message,
                    ["type"] = type,
                    ["param"] = parameter,
                    ["code"] = code,
                },
            }
        );
}
