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
            json =>
            {
                json.WriteStartObject();
                json.WriteStartObject("error");
                json.WriteString("message", Message);
                json.WriteString("type", Type);
                json.WriteString("param", Parameter);
                json.WriteString("code", Code);
                json.WriteEndObject();
                json.WriteEndObject();
            }
        );
}
