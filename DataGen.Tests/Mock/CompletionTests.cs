using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataGen.Tests.Mock;

public sealed class CompletionTests
{
    private const string Prompt = """{"messages":[{"role":"user","content":"A customer: full name, age 18-90"}]}""";

    [Fact]
    public async Task An_answer_has_the_nodes_members_and_OpenAIs_object_within()
    {
        await using var mock = await RunningMock.StartAsync();
        var result = (await mock.PostAsync("/create_chat_completion", Prompt)).Result;
        Assert.Equal(
            [
                "REQUEST_ID",
                "MODEL_NAME",
                "TEXT_RESPONSE",
                "FULL_OUTPUT",
                "EXECUTOR_NODE_ADDR",
                "EXECUTOR_NODE_ALIAS",
                "DELEGATOR_NODE_ADDR",
                "DELEGATOR_NODE_ALIAS",
                "BALANCING_ELAPSED_TIME",
                "INFERENCE_ELAPSED_TIME",
            ],
            result.EnumerateObject().Select(member => member.Name)
        );
        var output = result.GetProperty("FULL_OUTPUT");
        Assert.Equal(
            ["id", "object", "created", "model", "choices", "usage"],
            output.EnumerateObject().Select(member => member.Name)
        );
        var choice = output.GetProperty("choices").EnumerateArray().Single();
        Assert.Equal(
            result.GetProperty("TEXT_RESPONSE").GetString(),
            choice.GetProperty("message").GetProperty("content").GetString()
        );
        Assert.Equal("stop", choice.GetProperty("finish_reason").GetString());
        var usage = output.GetProperty("usage");
        Assert.True(usage.GetProperty("prompt_tokens").GetInt32() is > 5 and < 40);
        Assert.True(usage.GetProperty("completion_tokens").GetInt32() is > 5 and < 40);
        Assert.Equal(
            usage.GetProperty("prompt_tokens").GetInt32() + usage.GetProperty("completion_tokens").GetInt32(),
            usage.GetProperty("total_tokens").GetInt32()
        );
    }

    [Fact]
    public async Task Predict_is_the_same_endpoint()
    {
        await using var mock = await RunningMock.StartAsync(("MOCK_SEED", "1"));
        Assert.Equal(
            Text(await mock.PostAsync("/create_chat_completion", Prompt)),
            Text(await mock.PostAsync("/predict", Prompt))
        );
    }

    [Theory]
    [InlineData("{}", "missing", "messages")]
    [InlineData("""{"messages":"hi"}""", "list_type", "messages")]
    [InlineData("""{"messages":["hi"]}""", "dict_type", "messages")]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"temperature":"warm"}""", "float_type", "temperature")]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"max_tokens":20.5}""", "int_from_float", "max_tokens")]
    [InlineData(
        """{"messages":[{"role":"user","content":"a"}],"response_format":"{}"}""",
        "dict_type",
        "response_format"
    )]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"authorization":1}""", "string_type", "authorization")]
    [InlineData("""{"messages":""", "json_invalid", "body")]
    public async Task A_wrong_type_is_422(string body, string type, string member)
    {
        await using var mock = await RunningMock.StartAsync();
        var answer = await mock.PostAsync("/create_chat_completion", body);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        var problem = answer.Detail.EnumerateArray().Single();
        Assert.Equal(type, problem.GetProperty("type").GetString());
        Assert.Contains(member, problem.GetProperty("loc").EnumerateArray().Select(step => step.ToString()));
    }

    [Theory]
    [InlineData("""{"messages":[]}""", "messages must be a non-empty list.")]
    [InlineData(
        """{"messages":[{"role":"robot","content":"a"}]}""",
        "messages[0].role must be one of: system, user, assistant, tool."
    )]
    [InlineData("""{"messages":[{"role":"user","content":"  "}]}""", "messages[0].content must be a non-empty string.")]
    [InlineData(
        """{"messages":[{"role":"user","content":[{"type":"text","text":"a"}]}]}""",
        "messages[0].content must be a non-empty string."
    )]
    [InlineData(
        """{"messages":[{"role":"user","content":"a"}],"temperature":1.6}""",
        "temperature must be between 0 and 1.5."
    )]
    [InlineData(
        """{"messages":[{"role":"user","content":"a"}],"max_tokens":15}""",
        "max_tokens must be between 16 and 4096."
    )]
    [InlineData(
        """{"messages":[{"role":"user","content":"a"}],"max_tokens":4097}""",
        "max_tokens must be between 16 and 4096."
    )]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"top_p":0}""", "top_p must be above 0 and at most 1.")]
    [InlineData(
        """{"messages":[{"role":"user","content":"a"}],"response_format":{"type":"text"}}""",
        "response_format.type must be one of: json_object, json_schema."
    )]
    public async Task What_the_members_hold_is_refused_with_200_and_an_error(string body, string error)
    {
        await using var mock = await RunningMock.StartAsync();
        var answer = await mock.PostAsync("/create_chat_completion", body);
        Assert.Equal((HttpStatusCode.OK, error), (answer.Status, answer.Result.GetProperty("error").GetString()));
        Assert.Equal(1, (await mock.StatsAsync("inference")).GetProperty("failed").GetInt32());
    }

    [Theory]
    [InlineData("""{"type":"json_object","schema":SCHEMA}""")]
    [InlineData("""{"type":"json_schema","json_schema":{"schema":SCHEMA}}""")]
    [InlineData("""{"type":"json_schema","schema":SCHEMA}""")]
    public async Task Every_way_of_sending_a_schema_is_understood(string format)
    {
        await using var mock = await RunningMock.StartAsync();
        var schema = """{"type":"object","properties":{"only":{"const":42}},"required":["only"]}""";
        Assert.Equal(
            """{"only":42}""",
            await mock.RecordAsync(
                "A customer: full name, age",
                (JsonObject)JsonNode.Parse(format.Replace("SCHEMA", schema, StringComparison.Ordinal))!
            )
        );
    }

    [Fact]
    public async Task Max_tokens_cuts_an_answer_short()
    {
        await using var mock = await RunningMock.StartAsync();
        var body =
            """{"messages":[{"role":"user","content":"A support ticket: subject, description, customer name, email, phone, address"}],"max_tokens":16}""";
        var output = (await mock.PostAsync("/create_chat_completion", body)).Result.GetProperty("FULL_OUTPUT");
        var choice = output.GetProperty("choices")[0];
        Assert.Equal("length", choice.GetProperty("finish_reason").GetString());
        Assert.Equal(16, output.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
        Assert.ThrowsAny<JsonException>(() =>
            JsonElement.Parse(choice.GetProperty("message").GetProperty("content").GetString()!)
        );
        Assert.Equal(1, (await mock.StatsAsync("inference")).GetProperty("truncated").GetInt32());
    }

    [Fact]
    public async Task An_asynchronous_request_is_polled_until_it_is_done()
    {
        await using var mock = await RunningMock.StartAsync(("MOCK_INFERENCE_LATENCY_MS", "100"));
        var started = (
            await mock.PostAsync(
                "/predict_async",
                """{"messages":[{"role":"user","content":"A customer: full name"}],"request_id":"my:1","metadata":{"a":1}}"""
            )
        ).Result;
        Assert.Equal(
            """{"request_id":"my:1","poll_url":"/request_status?request_id=my%3A1","status":"pending"}""",
            started.GetRawText()
        );
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        JsonElement result;
        while (
            !(result = (await mock.GetAsync("/request_status?request_id=my%3A1")).Result).TryGetProperty(
                "TEXT_RESPONSE",
                out _
            )
        )
        {
            Assert.Equal("pending", result.GetProperty("status").GetString());
            await Task.Delay(10, deadline.Token);
        }

        var full = (await mock.GetAsync("/request_status?request_id=my:1&return_full=true")).Result;
        Assert.Equal(
            ("completed", 1),
            (full.GetProperty("status").GetString(), full.GetProperty("metadata").GetProperty("a").GetInt32())
        );
        Assert.Equal(result.GetRawText(), full.GetProperty("result").GetRawText());
        Assert.Contains(
            "already in use",
            (
                await mock.PostAsync(
                    "/predict_async",
                    """{"messages":[{"role":"user","content":"x"}],"request_id":"my:1"}"""
                )
            ).Text,
            StringComparison.Ordinal
        );
        Assert.Equal(
            """{"error":"Request ID x not found.","request_id":"x"}""",
            (await mock.GetAsync("/request_status?request_id=x")).Result.GetRawText()
        );
    }

    [Fact]
    public async Task Its_health_has_the_plugins_shape()
    {
        await using var mock = await RunningMock.StartAsync(("MOCK_INFERENCE_DOWN", "503"));
        var health = (await mock.GetAsync("/health")).Result;
        Assert.Equal(
            [
                "status",
                "pipeline",
                "plugin",
                "instance_id",
                "loopback_enabled",
                "uptime",
                "last_error_time",
                "total_errors",
                "metrics",
            ],
            health.EnumerateObject().Select(member => member.Name)
        );
        Assert.Equal(HttpStatusCode.OK, (await mock.GetAsync("/alive")).Status);
    }

    [Fact]
    public async Task The_statistics_count_calls_and_different_answers()
    {
        await using var mock = await RunningMock.StartAsync(("MOCK_SEED", "1"), ("MOCK_INFERENCE_LATENCY_MS", "30"));
        await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(i => mock.RecordAsync($"A customer: full name, email, age\nRecord {i % 5} of 5"))
        );
        var stats = await mock.StatsAsync("inference");
        Assert.Equal(
            (10, 10, 0, 5),
            (
                stats.GetProperty("requested").GetInt32(),
                stats.GetProperty("succeeded").GetInt32(),
                stats.GetProperty("failed").GetInt32(),
                stats.GetProperty("distinctAnswers").GetInt32()
            )
        );
        Assert.Equal(10, stats.GetProperty("byStatus").GetProperty("200").GetInt32());
        Assert.True(stats.GetProperty("maxConcurrent").GetInt32() > 1);
        Assert.Equal(HttpStatusCode.NoContent, (await mock.PostAsync("/mock/reset-stats", "")).Status);
        Assert.Equal(0, (await mock.StatsAsync("inference")).GetProperty("requested").GetInt32());
    }

    private static string Text(Answer answer) => answer.Result.GetProperty("TEXT_RESPONSE").GetString()!;
}
