using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace DataGen.Tests.Gateway;

/// <summary>What requests get that are wrong by their shape: none of them reaches anything behind the
/// Gateway.</summary>
public sealed class RequestShapeTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"prompt":"A customer.","count":1.5}""", "count", "has to be a whole number.")]
    [InlineData("""{"prompt":"A customer.","count":"ten"}""", "count", "has to be a whole number.")]
    [InlineData("""{"prompt":"A customer.","count":"10"}""", "count", "has to be a whole number.")]
    [InlineData("""{"prompt":"A customer.","count":true}""", "count", "has to be a whole number.")]
    [InlineData("""{"prompt":"A customer.","count":99999999999}""", "count", "has to be a whole number.")]
    [InlineData("""{"prompt":17,"count":1}""", "prompt", "has to be text.")]
    [InlineData("""{"prompt":["A customer."],"count":1}""", "prompt", "has to be text.")]
    [InlineData("""{"prompt":"\ud800","count":1}""", "prompt", "has to be text.")]
    [InlineData("""{"prompt":"A customer.","count":1,"temperature":"hot"}""", "temperature", "has to be a number.")]
    [InlineData("""{"prompt":"A customer.","count":1,"title":{}}""", "title", "has to be text.")]
    [InlineData("""{"prompt":"A customer.","count":1,"maxTokens":[]}""", "maxTokens", "has to be a whole number.")]
    [InlineData("""{"prompt":"A customer.","count":""", "$", "The body is not valid JSON (line 1, byte 33).")]
    [InlineData("""prompt=A customer""", "$", "The body is not valid JSON (line 1, byte 1).")]
    [InlineData("""[{"prompt":"A customer.","count":1}]""", "$", "A JSON object is required as the body.")]
    [InlineData("""null""", "$", "A JSON object is required as the body.")]
    [InlineData("", "$", "A JSON object is required as the body.")]
    public async Task A_task_of_the_wrong_shape_is_refused_with_the_field_named(
        string body,
        string field,
        string problem
    )
    {
        var answer = await shared
            .Ann.PostAsync("/api/tasks", HttpAnswers.Json(body), Ct)
            .JsonAsync(HttpStatusCode.BadRequest);

        Assert.Equal($$"""{"{{field}}":["{{problem}}"]}""", answer["errors"]?.ToJsonString());
        Assert.DoesNotContain("System.", answer.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(shared.Host.Tasks.Calls);
    }

    [Theory]
    [InlineData("/api/tasks?limit=ten", "limit")]
    [InlineData("/api/tasks?limit=0", "limit")]
    [InlineData("/api/tasks?limit=101", "limit")]
    [InlineData("/api/tasks?status=done", "status")]
    [InlineData("/api/tasks?status=running,Failed", "status")]
    [InlineData("/api/tasks?status=running&status=1", "status")]
    [InlineData(
        "/api/tasks?q=201-characters-0123456789-0123456789-0123456789-0123456789-0123456789-0123456789-0123456789-0123456789-0123456789-0123456789-0123456789-0123456789-0123456789-0123456789-0123456789-0123456789-0123456789",
        "q"
    )]
    [InlineData("/api/tasks/1?results=maybe", "results")]
    [InlineData("/api/tasks/1/records?offset=-1", "offset")]
    [InlineData("/api/tasks/1/records?limit=1001", "limit")]
    [InlineData("/api/tasks/1/export", "format")]
    [InlineData("/api/tasks/1/export?format=xlsx", "format")]
    [InlineData("/api/tasks/1/export?format=csv&partial=perhaps", "partial")]
    [InlineData("/api/tasks/1/export?format=csv&formulaGuard=1", "formulaGuard")]
    public async Task A_wrong_query_value_is_400_with_its_name(string address, string field)
    {
        Assert.Equal([field], await shared.Ann.GetAsync(address, Ct).WrongFieldsAsync());
        Assert.Empty(shared.Host.Tasks.Calls);
    }

    [Theory]
    [InlineData("/api/tasks/1/export?format=xlsx", """{"format":["One of json, jsonl, csv, parquet, hf."]}""")]
    [InlineData("/api/tasks?status=done", """{"status":["Any of queued, running, succeeded, failed, cancelled."]}""")]
    public async Task A_word_that_is_none_of_those_known_gets_them_listed(string address, string errors)
    {
        Assert.Equal(
            errors,
            (await shared.Ann.GetAsync(address, Ct).JsonAsync(HttpStatusCode.BadRequest))["errors"]?.ToJsonString()
        );
    }

    [Theory]
    [InlineData("""{}""", "username,password")]
    [InlineData("""{"username":"ann"}""", "password")]
    [InlineData("""{"username":"ann","password":7}""", "password")]
    [InlineData("""{"username":"ann","password":null}""", "password")]
    [InlineData("""{"username":"ann",""", "$")]
    [InlineData("""["ann"]""", "$")]
    [InlineData("", "$")]
    public async Task A_login_without_credentials_names_what_is_missing(string body, string fields)
    {
        Assert.Equal(
            fields.Split(','),
            await shared.Host.Client.PostAsync("/api/auth/login", HttpAnswers.Json(body), Ct).WrongFieldsAsync()
        );
    }

    [Theory]
    [InlineData("""{}""", "username,password")]
    [InlineData("""{"username":"bob","password":"short"}""", "password")]
    [InlineData("""{"username":"b!","password":"bobs-password"}""", "username")]
    [InlineData("""{"username":"bob","password":"bobs-password","role":"root"}""", "role")]
    public async Task A_user_that_cannot_be_created_has_its_fields_named(string body, string fields)
    {
        Assert.Equal(
            fields.Split(','),
            await shared.Admin.PostAsync("/api/users", HttpAnswers.Json(body), Ct).WrongFieldsAsync()
        );
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("b!")]
    public async Task A_user_who_is_not_there_is_404(string name)
    {
        Assert.Equal(
            HttpStatusCode.NotFound,
            await shared.Admin.PatchAsJsonAsync($"/api/users/{name}", new { role = "user" }, Ct).StatusAsync()
        );
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"name":"  "}""")]
    [InlineData("""{"name":5}""")]
    public async Task A_token_needs_a_name(string body)
    {
        Assert.Equal(
            ["name"],
            await shared.Ann.PostAsync("/api/tokens", HttpAnswers.Json(body), Ct).WrongFieldsAsync()
        );
        Assert.Equal(
            ["name"],
            await shared
                .Ann.PostAsync(
                    "/api/tokens",
                    HttpAnswers.Json(new JsonObject { ["name"] = new string('x', 101) }.ToJsonString()),
                    Ct
                )
                .WrongFieldsAsync()
        );
    }
}
