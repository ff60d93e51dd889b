using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace DataGen.Tests.Mock;

public sealed class InferenceFaultTests
{
    private const string Prompt = """{"messages":[{"role":"user","content":"A customer: full name, age 18-90"}]}""";

    [Theory]
    [InlineData("500", "\"status_code\":500,\"logged\":true")]
    [InlineData("502", "\"detail\":\"The mock was told to fail.\"")]
    [InlineData("504", "\"detail\":\"Error waiting for plugin response: \"")]
    public async Task An_error_has_the_status_that_was_chosen(string status, string answered)
    {
        await using var mock = await RunningMock.StartAsync(
            ("MOCK_INFERENCE_ERROR_RATE", "1"),
            ("MOCK_INFERENCE_ERROR_STATUS", status)
        );
        var answer = await mock.PostAsync("/create_chat_completion", Prompt);
        Assert.Equal(status, ((int)answer.Status).ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Contains(answered, answer.Text, StringComparison.Ordinal);
        Assert.Equal(1, (await mock.StatsAsync("inference")).GetProperty("byStatus").GetProperty(status).GetInt32());
    }

    [Fact]
    public async Task Too_many_requests_say_when_to_come_back()
    {
        await using var mock = await RunningMock.StartAsync(
            ("MOCK_INFERENCE_TOO_MANY_RATE", "1"),
            ("MOCK_INFERENCE_RETRY_AFTER_SECONDS", "7")
        );
        var answer = await mock.PostAsync("/create_chat_completion", Prompt);
        Assert.Equal(
            (HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(7)),
            (answer.Status, answer.Headers.RetryAfter!.Delta)
        );
    }

    [Fact]
    public async Task The_minutes_limit_lets_calls_through_again_after_a_minute()
    {
        var clock = new FakeTimeProvider();
        await using var mock = await RunningMock.StartAsync(clock, ("MOCK_INFERENCE_REQUESTS_PER_MINUTE", "2"));
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            statuses.Add((await mock.PostAsync("/create_chat_completion", Prompt)).Status);
        }

        clock.Advance(TimeSpan.FromSeconds(61));
        statuses.Add((await mock.PostAsync("/create_chat_completion", Prompt)).Status);
        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.OK],
            statuses
        );
    }

    [Fact]
    public async Task A_node_limits_each_token_and_says_so_with_200()
    {
        await using var mock = await RunningMock.StartAsync(("MOCK_INFERENCE_NODE_REQUESTS_PER_MINUTE", "1"));
        var first = """{"messages":[{"role":"user","content":"a"}],"authorization":"Bearer one"}""";
        Assert.True(
            (await mock.PostAsync("/create_chat_completion", first)).Result.TryGetProperty("TEXT_RESPONSE", out _)
        );
        var over = await mock.PostAsync("/create_chat_completion", first);
        Assert.Equal((HttpStatusCode.OK, "rate_limited"), (over.Status, over.Result.GetProperty("status").GetString()));
        Assert.True(
            (
                await mock.PostAsync("/create_chat_completion", first.Replace("one", "two", StringComparison.Ordinal))
            ).Result.TryGetProperty("TEXT_RESPONSE", out _)
        );
    }

    [Fact]
    public async Task The_token_counts_in_the_body_and_not_in_the_header()
    {
        await using var mock = await RunningMock.StartAsync(("MOCK_INFERENCE_TOKEN", "t0p"));
        mock.Http.DefaultRequestHeaders.Authorization = new("Bearer", "t0p");
        var refused = await mock.PostAsync("/create_chat_completion", Prompt);
        Assert.Equal(
            (HttpStatusCode.OK, "unauthorized"),
            (refused.Status, refused.Result.GetProperty("status").GetString())
        );
        foreach (var token in new[] { "Bearer t0p", "t0p" })
        {
            var answer = await mock.PostAsync(
                "/create_chat_completion",
                $$"""{"messages":[{"role":"user","content":"a"}],"authorization":"{{token}}"}"""
            );
            Assert.True(answer.Result.TryGetProperty("TEXT_RESPONSE", out _));
        }
    }

    [Theory]
    [InlineData("truncated", "malformed")]
    [InlineData("prose", "wrapped")]
    [InlineData("fenced", "wrapped")]
    [InlineData("empty", "malformed")]
    [InlineData("wrongShape", "malformed")]
    [InlineData("errorIn200", "malformed")]
    public async Task A_malformed_answer_is_what_was_asked_for(string kind, string counted)
    {
        await using var mock = await RunningMock.StartAsync(("MOCK_SEED", "3"));
        var good = (await mock.PostAsync("/create_chat_completion", Prompt))
            .Result.GetProperty("TEXT_RESPONSE")
            .GetString()!;
        await mock.SwitchAsync(
            $$$"""{"inference": { "malformedKind":"{{{kind}}}", "malformedRate": {"value":1,"calls":1} } }"""
        );
        var answer = await mock.PostAsync("/create_chat_completion", Prompt);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var text = kind is "errorIn200"
            ? answer.Result.GetProperty("error").GetString()!
            : answer.Result.GetProperty("TEXT_RESPONSE").GetString()!;
        switch (kind)
        {
            case "truncated":
                Assert.True(text.Length < good.Length && good.StartsWith(text, StringComparison.Ordinal));
                break;
            case "prose":
                Assert.True(
                    text.Contains(good, StringComparison.Ordinal) && !text.StartsWith('{') && !text.EndsWith('}')
                );
                break;
            case "fenced":
                Assert.Equal($"```json\n{good}\n```", text);
                break;
            case "empty":
                Assert.Equal("", text);
                break;
            case "wrongShape":
                Assert.Equal(JsonValueKind.Array, JsonElement.Parse(text).ValueKind);
                break;
            default:
                Assert.NotEmpty(text);
                break;
        }

        Assert.Equal(1, (await mock.StatsAsync("inference")).GetProperty(counted).GetInt32());
        // The retry of the same messages gets the good record.
        Assert.Equal(
            good,
            (await mock.PostAsync("/create_chat_completion", Prompt)).Result.GetProperty("TEXT_RESPONSE").GetString()
        );
    }

    [Fact]
    public async Task A_hanging_call_ends_when_the_caller_gives_up_and_counts_as_aborted()
    {
        await using var mock = await RunningMock.StartAsync(("MOCK_INFERENCE_HANG_RATE", "1"));
        using var content = new StringContent(Prompt, System.Text.Encoding.UTF8, "application/json");
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            mock.Http.PostAsync("/create_chat_completion", content, patience.Token)
        );
        var deadline = Stopwatch.StartNew();
        JsonElement stats;
        do
        {
            stats = await mock.StatsAsync("inference");
        } while (stats.GetProperty("inFlight").GetInt32() > 0 && deadline.Elapsed < TimeSpan.FromSeconds(10));
        Assert.Equal((1, 0), (stats.GetProperty("aborted").GetInt32(), stats.GetProperty("inFlight").GetInt32()));
    }

    [Fact]
    public async Task A_hang_that_ends_is_the_nodes_timeout()
    {
        await using var mock = await RunningMock.StartAsync(
            ("MOCK_INFERENCE_HANG_RATE", "1"),
            ("MOCK_INFERENCE_HANG_SECONDS", "0")
        );
        var answer = await mock.PostAsync("/create_chat_completion", Prompt);
        Assert.Equal((HttpStatusCode.OK, "timeout"), (answer.Status, answer.Result.GetProperty("status").GetString()));
        Assert.True(answer.Result.TryGetProperty("request_id", out _));
    }

    [Fact]
    public async Task A_full_queue_is_told_with_200()
    {
        await using var mock = await RunningMock.StartAsync(("MOCK_INFERENCE_QUEUE_FULL_RATE", "true"));
        var answer = await mock.PostAsync("/create_chat_completion", Prompt);
        Assert.Equal(
            (HttpStatusCode.OK, "failed", "Inference API pending queue is full."),
            (
                answer.Status,
                answer.Result.GetProperty("status").GetString(),
                answer.Result.GetProperty("error").GetString()
            )
        );
    }

    [Fact]
    public async Task The_answer_takes_every_form_that_nodes_give_it()
    {
        await using var mock = await RunningMock.StartAsync();
        await mock.SwitchAsync("""{"inference":{"form":"list"}}""");
        var list = (await mock.PostAsync("/create_chat_completion", Prompt)).Result;
        Assert.Equal(
            list.GetProperty("TEXT_RESPONSE")[0].GetString(),
            list.GetProperty("FULL_OUTPUT")[0]
                .GetProperty("choices")[0]
                .GetProperty("message")
                .GetProperty("content")
                .GetString()
        );
        await mock.SwitchAsync("""{"inference":{"form":"text","delegated":true}}""");
        var text = (await mock.PostAsync("/create_chat_completion", Prompt)).Result;
        Assert.Equal(text.GetProperty("TEXT_RESPONSE").GetString(), text.GetProperty("FULL_OUTPUT").GetString());
        Assert.Equal(
            ("completed", text.GetProperty("REQUEST_ID").GetString()),
            (text.GetProperty("status").GetString(), text.GetProperty("request_id").GetString())
        );
    }

    [Fact]
    public async Task Raw_answers_lie_beside_the_metadata_and_raw_errors_are_500()
    {
        await using var mock = await RunningMock.StartAsync(("MOCK_INFERENCE_RAW", "true"));
        var answer = (await mock.PostAsync("/create_chat_completion", Prompt)).Body;
        Assert.True(
            answer.TryGetProperty("ee_node_alias", out _)
                && answer.TryGetProperty("TEXT_RESPONSE", out _)
                && !answer.TryGetProperty("result", out _)
        );
        var refused = await mock.PostAsync("/create_chat_completion", """{"messages":[]}""");
        Assert.Equal(
            (HttpStatusCode.InternalServerError, "messages must be a non-empty list."),
            (refused.Status, refused.Detail.GetProperty("detail").GetString())
        );
    }

    [Fact]
    public async Task Latency_is_waited_for_and_serialised_calls_wait_for_each_other()
    {
        await using var mock = await RunningMock.StartAsync(
            ("MOCK_INFERENCE_LATENCY_MS", "80"),
            ("MOCK_INFERENCE_SERIALISED", "true")
        );
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => mock.PostAsync("/create_chat_completion", Prompt)));
        Assert.True(
            watch.ElapsedMilliseconds >= 235,
            $"Three calls of 80 ms took only {watch.ElapsedMilliseconds} ms."
        );
    }

    [Fact]
    public async Task About_the_chosen_share_of_calls_fails_and_the_same_ones_with_the_same_seed()
    {
        var runs = new List<string>();
        for (var run = 0; run < 2; run++)
        {
            await using var mock = await RunningMock.StartAsync(
                ("MOCK_SEED", "11"),
                ("MOCK_INFERENCE_ERROR_RATE", "0.3")
            );
            var failed = new List<bool>();
            for (var i = 0; i < 200; i++)
            {
                failed.Add(
                    (await mock.PostAsync("/create_chat_completion", Prompt)).Status
                        is HttpStatusCode.InternalServerError
                );
            }

            Assert.InRange(failed.Count(each => each), 40, 80);
            runs.Add(string.Concat(failed.Select(each => each ? 'x' : '.')));
        }

        Assert.Equal(runs[0], runs[1]);
    }

    [Theory]
    [InlineData("503")]
    [InlineData("abort")]
    public async Task A_server_that_is_down_does_not_answer(string how)
    {
        await using var mock = await RunningMock.StartAsync(("MOCK_INFERENCE_DOWN", how));
        if (how is "503")
        {
            Assert.Equal(
                HttpStatusCode.ServiceUnavailable,
                (await mock.PostAsync("/create_chat_completion", Prompt)).Status
            );
        }
        else
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => mock.PostAsync("/create_chat_completion", Prompt));
        }

        // The connection is gone before the server has counted it.
        await Eventually.GetAsync(
            () => mock.StatsAsync("inference"),
            stats => stats.GetProperty(how is "503" ? "failed" : "aborted").GetInt32() == 1
        );
    }
}
