using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace DataGen.Tests.Gateway;

/// <summary>Reads answers as tests like them.</summary>
internal static class HttpAnswers
{
    public static async Task<JsonObject> JsonAsync(
        this Task<HttpResponseMessage> sending,
        HttpStatusCode expected = HttpStatusCode.OK
    )
    {
        using var response = await sending;
        return await response.JsonAsync(expected);
    }

    public static async Task<JsonObject> JsonAsync(
        this HttpResponseMessage response,
        HttpStatusCode expected = HttpStatusCode.OK
    )
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(expected == response.StatusCode, $"{(int)response.StatusCode}: {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>A problem answer's fields with what is said of them.</summary>
    public static async Task<IReadOnlyList<string>> WrongFieldsAsync(this Task<HttpResponseMessage> sending)
    {
        using var response = await sending;
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.JsonAsync(HttpStatusCode.BadRequest);
        Assert.True(problem["errors"] is JsonObject, problem.ToJsonString());
        Assert.Equal("The request has errors; nothing was changed.", (string?)problem["detail"]);
        return [.. problem["errors"]!.AsObject().Select(field => field.Key)];
    }

    public static async Task<HttpStatusCode> StatusAsync(this Task<HttpResponseMessage> sending)
    {
        using var response = await sending;
        return response.StatusCode;
    }

    public static StringContent Json(string text, string type = "application/json") => new(text, Encoding.UTF8, type);
}
