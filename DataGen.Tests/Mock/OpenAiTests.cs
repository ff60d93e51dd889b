using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace DataGen.Tests.Mock;

public sealed class OpenAiTests
{
    private const string Path = "/v1/chat/completions";

    [Fact]
    public async Task An_answer_is_OpenAIs_object_and_nothing_else()
    {
        await using var mock = await RunningMock.StartAsync();
        var answer = await mock.PostAsync(
            Path,
            """{"model":"gpt-x","messages":[{"role":"user","content":[{"type":"text","text":"A customer: full name, age"}]}]}"""
        );
        Assert.Equal(
            ["id", "object", "created", "model", "choices", "usage"],
            answer.Body.EnumerateObject().Select(member => member.Name)
        );
        Assert.Equal("gpt-x", answer.Body.GetProperty("model").GetString());
        var record = JsonElement.Parse(
            answer.Body.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!
        );
        Assert.Equal(["full_name", "age"], record.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task Its_own_dialect_of_schemas_is_followed()
    {
        await using var mock = await RunningMock.StartAsync();
        var body = """
            {"model":"m","messages":[{"role":"user","content":"one record"}],"response_format":{"type":"json_schema","json_schema":{"name":"record","strict":true,
             "schema":{"type":"object","properties":{"kind":{"enum":["a"]}},"required":["kind"],"additionalProperties":false}}}}
            """;
        var answer = await mock.PostAsync(Path, body);
        Assert.Equal(
            """{"kind":"a"}""",
            answer.Body.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()
        );
    }

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"a"}]}""", "model")]
    [InlineData("""{"model":"m"}""", "messages")]
    [InlineData("""{"model":"m","messages":[{"role":"bot","content":"a"}]}""", "messages[0].role")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"a"}],"stream":true}""", "stream")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"a"}],"temperature":3}""", "temperature")]
    [InlineData(
        """{"model":"m","messages":[{"role":"user","content":"a"}],"response_format":{"type":"json_object"}}""",
        "json"
    )]
    [InlineData(
        """{"model":"m","messages":[{"role":"user","content":"json"}],"response_format":{"type":"json_object","schema":{}}}""",
        "response_format.schema"
    )]
    [InlineData(
        """{"model":"m","messages":[{"role":"user","content":"a"}],"response_format":{"type":"json_schema","schema":{}}}""",
        "response_format.json_schema"
    )]
    [InlineData(
        """{"model":"m","messages":[{"role":"user","content":"a"}],"response_format":{"type":"json_schema","json_schema":{"schema":{}}}}""",
        "response_format.json_schema.name"
    )]
    [InlineData("{", "parse the JSON body")]
    public async Task A_mistake_is_a_400_that_names_it(string body, string named)
    {
        await using var mock = await RunningMock.StartAsync();
        var answer = await mock.PostAsync(Path, body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        var error = answer.Body.GetProperty("error");
        Assert.Equal(["message", "type", "param", "code"], error.EnumerateObject().Select(member => member.Name));
        Assert.Contains(named, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_model_is_404_where_models_are_listed()
    {
        await using var mock = await RunningMock.StartAsync(("MOCK_INFERENCE_MODELS", "small, large"));
        var answer = await mock.PostAsync(Path, """{"model":"huge","messages":[{"role":"user","content":"a"}]}""");
        Assert.Equal(
            (HttpStatusCode.NotFound, "model_not_found"),
            (answer.Status, answer.Body.GetProperty("error").GetProperty("code").GetString())
        );
        Assert.Equal(
            ["small", "large"],
            (await mock.GetAsync("/v1/models"))
                .Body.GetProperty("data")
                .EnumerateArray()
                .Select(model => model.GetProperty("id").GetString())
        );
    }

    [Fact]
    public async Task The_key_belongs_in_the_header()
    {
        await using var mock = await RunningMock.StartAsync(("MOCK_INFERENCE_TOKEN", "t0p"));
        var body = """{"model":"m","messages":[{"role":"user","content":"a"}],"authorization":"Bearer t0p"}""";
        var refused = await mock.PostAsync(Path, body);
        Assert.Equal(
            (HttpStatusCode.Unauthorized, "invalid_api_key"),
            (refused.Status, refused.Body.GetProperty("error").GetProperty("code").GetString())
        );
        mock.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "t0p");
        Assert.Equal(HttpStatusCode.OK, (await mock.PostAsync(Path, body)).Status);
    }

    [Theory]
    [InlineData("{\"inference\":{\"errorRate\":1}}", 500)]
    [InlineData("{\"inference\":{\"errorRate\":1,\"errorStatus\":\"503\"}}", 503)]
    [InlineData("{\"inference\":{\"tooManyRate\":1}}", 429)]
    [InlineData("{\"inference\":{\"queueFullRate\":1}}", 503)]
    [InlineData("{\"inference\":{\"malformedRate\":1,\"malformedKind\":\"errorIn200\"}}", 200)]
    public async Task Faults_come_in_its_shape(string fault, int status)
    {
        await using var mock = await RunningMock.StartAsync();
        await mock.SwitchAsync(fault);
        var answer = await mock.PostAsync(Path, """{"model":"m","messages":[{"role":"user","content":"a"}]}""");
        Assert.Equal((HttpStatusCode)status, answer.Status);
        Assert.Equal(JsonValueKind.String, answer.Body.GetProperty("error").GetProperty("message").ValueKind);
        Assert.Equal(0, (await mock.StatsAsync("inference")).GetProperty("succeeded").GetInt32());
    }
}
