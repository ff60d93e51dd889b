using System.Diagnostics;
using DataGen.Contracts;
using Grpc.Core;

namespace DataGen.Tests.Runner;

public sealed class RunTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_record_is_made_with_exactly_one_successful_call()
    {
        await using var inference = await FakeInferenceServer.StartAsync(TimeSpan.FromMilliseconds(2));
        await using var host = await RunnerHost.StartAsync(inference);

        var run = await host.RunToEndAsync(RunnerHost.Request(500));

        Assert.Equal(Enumerable.Range(0, 500), run.Indices);
        Assert.All(
            run.Ended,
            result => Assert.Equal($$"""{"id":{{result.Index}},"name":"Ana Díaz"}""", RunSummary.Json(result))
        );
        Assert.All(
            run.Ended,
            result => Assert.Equal((1, 30, 12), (result.Attempts, result.Tokens.Input, result.Tokens.Output))
        );
        Assert.Equal(500, inference.Calls);
        Assert.Equal(500, run.Started.Count);
        Assert.Empty(run.Retrying);
        Assert.Empty(run.Waiting);
        Assert.True(run.Updates < 250, $"{run.Updates} messages for 500 records");
    }

    [Fact]
    public async Task Only_the_indices_of_the_ranges_are_made()
    {
        await using var inference = await FakeInferenceServer.StartAsync(TimeSpan.Zero);
        await using var host = await RunnerHost.StartAsync(inference);
        var request = RunnerHost.Request(100);
        request.Ranges.Clear();
        request.Ranges.Add([
            new IndexRange { First = 3, Last = 3 },
            new IndexRange { First = 7, Last = 9 },
            new IndexRange { First = 99, Last = 99 },
        ]);

        var run = await host.RunToEndAsync(request);

        Assert.Equal([3, 7, 8, 9, 99], run.Indices);
        Assert.Equal([3, 7, 8, 9, 99], inference.CallsByIndex.Keys.Order());
    }

    [Fact]
    public async Task What_fails_for_a_while_is_tried_again_until_it_is_good()
    {
        await using var inference = await FakeInferenceServer.StartAsync(call =>
            (call.Index, call.Attempt) switch
            {
                (0, 1) => call.FailAsync(500),
                (1, 1) => call.ContentAsync("""{"id": 1, "name": "Ana""", "length"),
                (2, 1) => call.ContentAsync("I would rather not."),
                (3, 1) => call.FailAsync(503),
                (4, 1) => call.JsonAsync("""{"result":{"error":"x","status":"timeout"}}"""),
                (5, 1) => call.JsonAsync("""{"result":{"error":"queue is full","status":"failed"}}"""),
                (6, 1) => Abort(call),
                (7, 1) => call.FailAsync(408),
                _ => call.RecordAsync(),
            }
        );
        await using var host = await RunnerHost.StartAsync(inference);

        var run = await host.RunToEndAsync(RunnerHost.Request(9));

        Assert.Equal(Enumerable.Range(0, 9), run.Indices);
        Assert.All(
            run.Ended,
            result => Assert.Equal($$"""{"id":{{result.Index}},"name":"Ana Díaz"}""", RunSummary.Json(result))
        );
        Assert.Equal(
            [2, 2, 2, 2, 2, 2, 2, 2, 1],
            run.Ended.OrderBy(result => result.Index).Select(result => result.Attempts)
        );
        Assert.Equal(
            [
                "The inference server failed (500). It said: it broke",
                "The answer was cut off at 12 tokens.",
                "The answer holds no JSON object.",
                "The inference server is not available (503).",
                "The model did not answer within the inference server's own time limit.",
                "The inference server's queue is full.",
                "The connection to the inference server broke before the answer was whole.",
                "The inference server ran out of time (408).",
            ],
            run.Retrying.OrderBy(failed => failed.Index).Select(failed => failed.Reason)
        );
        Assert.Equal(17, inference.Calls);
        Assert.Equal((60, 24), (run.Record(1).Tokens.Input, run.Record(1).Tokens.Output));
    }

    [Fact]
    public async Task A_record_that_never_succeeds_fails_after_the_allowed_attempts_and_costs_no_other()
    {
        await using var inference = await FakeInferenceServer.StartAsync(call =>
            call.Index == 1 ? call.FailAsync(500) : call.RecordAsync()
        );
        await using var host = await RunnerHost.StartAsync(inference, ("DATAGEN_MAX_ATTEMPTS", "2"));

        var run = await host.RunToEndAsync(RunnerHost.Request(3));

        Assert.Equal([0, 1, 2], run.Indices);
        Assert.Equal(
            ("The inference server failed (500). It said: it broke", 2),
            (run.Record(1).Error, run.Record(1).Attempts)
        );
        Assert.Equal(2, inference.CallsByIndex[1]);
        Assert.Null(run.Fatal);
    }

    [Fact]
    public async Task A_rate_limit_is_waited_for_without_counting_and_without_stopping_the_others()
    {
        var limited = 0L;
        await using var inference = await FakeInferenceServer.StartAsync(call =>
        {
            if (call is { Index: 0, Attempt: <= 2 })
            {
                Interlocked.CompareExchange(ref limited, Stopwatch.GetTimestamp(), 0);
                return call.FailAsync(429, retryAfterSeconds: 1);
            }

            return call.RecordAsync();
        });
        await using var host = await RunnerHost.StartAsync(inference, ("DATAGEN_MAX_ATTEMPTS", "1"));

        var run = await host.RunToEndAsync(RunnerHost.Request(200));

        Assert.Equal(Enumerable.Range(0, 200), run.Indices);
        Assert.Equal(GeneratedRecord.OutcomeOneofCase.Data, run.Record(0).OutcomeCase);
        Assert.Equal(0, run.Ended[^1].Index);
        Assert.InRange(run.Record(0).DurationMs, 2000, 10_000);
        Assert.Equal(3, run.Record(0).Attempts);
        Assert.Empty(run.Waiting);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(422)]
    public async Task With_a_proven_spec_a_rejected_request_fails_its_record_even_before_the_first_good_one(int status)
    {
        await using var inference = await FakeInferenceServer.StartAsync(call =>
            call.Index < 2 ? call.FailAsync(status) : call.RecordAsync()
        );
        await using var host = await RunnerHost.StartAsync(inference, ("DATAGEN_MAX_CONCURRENCY", "1"));
        var request = RunnerHost.Request(10);
        request.Proven = true;

        var run = await host.RunToEndAsync(request);

        // Each of the two is sent once more without the response format.
        Assert.Equal((null, 10, 12), (run.Fatal, run.Ended.Count, inference.Calls));
        Assert.Equal([0, 1], run.Ended.Where(record => record.HasError).Select(record => record.Index));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task A_proven_spec_does_not_help_against_an_answer_that_holds_for_every_call(int status)
    {
        await using var inference = await FakeInferenceServer.StartAsync(call => call.FailAsync(status));
        await using var host = await RunnerHost.StartAsync(inference, ("DATAGEN_MAX_CONCURRENCY", "1"));
        var request = RunnerHost.Request(10);
        request.Proven = true;

        var run = await host.RunToEndAsync(request);

        Assert.NotNull(run.Fatal);
        Assert.Equal((0, 1), (run.Ended.Count, inference.Calls));
    }

    [Theory]
    [InlineData(401, "The inference server asks for an API key (401).")]
    [InlineData(403, "The inference server does not allow this call (403).")]
    [InlineData(404, "The inference server does not know the path or the model (404). It said: it broke")]
    [InlineData(402, "The inference server says that there is no credit left (402). It said: it broke")]
    public async Task What_no_call_can_change_ends_the_run(int status, string sentence)
    {
        await using var inference = await FakeInferenceServer.StartAsync(call => call.FailAsync(status));
        await using var host = await RunnerHost.StartAsync(inference);

        var run = await host.RunToEndAsync(RunnerHost.Request(10_000));

        Assert.Equal(sentence, run.Fatal);
        Assert.Empty(run.Ended);
        Assert.Empty(run.Retrying);
        Assert.InRange(inference.Calls, 1, 100);
    }

    [Theory]
    [InlineData(400, "The inference server did not accept the request (400). It said: it broke")]
    [InlineData(422, "The inference server did not accept the request (422). It said: it broke")]
    public async Task The_third_record_that_is_rejected_before_any_is_good_ends_the_run(int status, string sentence)
    {
        await using var inference = await FakeInferenceServer.StartAsync(call => call.FailAsync(status));
        await using var host = await RunnerHost.StartAsync(inference);

        var run = await host.RunToEndAsync(RunnerHost.Request(10_000));

        Assert.Equal(sentence, run.Fatal);
        Assert.Equal([sentence, sentence], run.Ended.Select(record => record.Error));
        Assert.Empty(run.Retrying);
        Assert.InRange(inference.Calls, 6, 200);
    }

    [Fact]
    public async Task A_rejected_record_among_good_ones_fails_alone()
    {
        await using var inference = await FakeInferenceServer.StartAsync(call =>
            call.Index == 5 ? call.FailAsync(422) : call.RecordAsync()
        );
        await using var host = await RunnerHost.StartAsync(inference, ("DATAGEN_MAX_CONCURRENCY", "1"));

        var run = await host.RunToEndAsync(RunnerHost.Request(10));

        Assert.Equal(Enumerable.Range(0, 10), run.Indices);
        Assert.Equal(
            (1, "The inference server did not accept the request (422). It said: it broke"),
            (run.Record(5).Attempts, run.Record(5).Error)
        );
        Assert.Equal(10, inference.Calls);
    }

    [Fact]
    public async Task A_key_revoked_in_the_middle_ends_the_run_with_what_was_made()
    {
        await using var inference = await FakeInferenceServer.StartAsync(call =>
            call.Number > 20 ? call.FailAsync(401) : call.RecordAsync()
        );
        await using var host = await RunnerHost.StartAsync(
            inference,
            ("DATAGEN_INFERENCE_API_KEY", "secret-key"),
            ("DATAGEN_MAX_CONCURRENCY", "2")
        );

        var run = await host.RunToEndAsync(RunnerHost.Request(1000));

        Assert.Equal("The inference server refused the API key (401).", run.Fatal);
        Assert.InRange(run.Ended.Count, 19, 20);
    }

    [Fact]
    public async Task A_slow_answer_is_given_up_at_the_deadline()
    {
        await using var inference = await FakeInferenceServer.StartAsync(call =>
            call is { Index: 3, Attempt: 1 } ? call.HangAsync() : call.RecordAsync()
        );
        await using var host = await RunnerHost.StartAsync(inference, ("DATAGEN_INFERENCE_TIMEOUT_SECONDS", "1"));

        var run = await host.RunToEndAsync(RunnerHost.Request(10));

        Assert.Equal(Enumerable.Range(0, 10), run.Indices);
        Assert.Equal("No answer from the inference server within 1 s.", run.Retrying.Single().Reason);
        Assert.Equal(2, run.Record(3).Attempts);
    }

    [Fact]
    public async Task A_server_that_is_down_is_waited_for_and_taken_up_again()
    {
        await using var inference = await FakeInferenceServer.StartAsync(TimeSpan.Zero);
        var port = new Uri(inference.Url).Port;
        await inference.DisposeAsync();
        await using var host = await RunnerHost.StartAsync(inference.Url, null, ("DATAGEN_MAX_ATTEMPTS", "1"));
        using var call = host.Run(RunnerHost.Request(50), Cancel);
        var run = new RunSummary();
        while (run.Waiting.Count == 0)
        {
            Assert.True(await call.ResponseStream.MoveNext(Cancel));
            run.Add(call.ResponseStream.Current);
        }

        await using var revived = await FakeInferenceServer.StartAsync(answer => answer.RecordAsync(), port);
        await foreach (var update in call.ResponseStream.ReadAllAsync(Cancel))
        {
            run.Add(update);
        }

        Assert.Equal(Enumerable.Range(0, 50), run.Indices);
        Assert.All(run.Ended, result => Assert.Equal(GeneratedRecord.OutcomeOneofCase.Data, result.OutcomeCase));
        Assert.Equal("The inference server cannot be reached.", run.Waiting[0]);
        Assert.Equal("", run.Waiting[^1]);
        Assert.Equal(50, revived.Calls);
    }

    [Fact]
    public async Task A_storm_of_refusals_is_weathered()
    {
        // The storm begins when the first 40 calls have been answered, so that no good answer falls into it.
        var (stormBegan, good, refused) = (0L, 0, 0);
        var storm = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var inference = await FakeInferenceServer.StartAsync(async call =>
        {
            if (call.Number <= 40)
            {
                await call.RecordAsync();
                if (Interlocked.Increment(ref good) == 40)
                {
                    stormBegan = Stopwatch.GetTimestamp();
                    storm.SetResult();
                }

                return;
            }

            await storm.Task;
            if (Stopwatch.GetElapsedTime(stormBegan).TotalSeconds < 1.5)
            {
                Interlocked.Increment(ref refused);
                await call.FailAsync(429, retryAfterSeconds: 1);
                return;
            }

            await call.RecordAsync();
        });
        await using var host = await RunnerHost.StartAsync(inference, ("DATAGEN_MAX_ATTEMPTS", "1"));

        var run = await host.RunToEndAsync(RunnerHost.Request(200));

        Assert.Equal(Enumerable.Range(0, 200), run.Indices);
        Assert.All(run.Ended, result => Assert.Equal(GeneratedRecord.OutcomeOneofCase.Data, result.OutcomeCase));
        Assert.Equal(200 + refused, inference.Calls);
        // Without pacing all 160 records left run into the storm, and again when a second has passed.
        Assert.InRange(refused, 10, 120);
        Assert.Contains("The inference server limits the rate of calls (429).", run.Waiting);
        Assert.Equal("", run.Waiting[^1]);
    }

    [Fact]
    public async Task Thirty_percent_failures_lose_and_double_nothing()
    {
        await using var inference = await FakeInferenceServer.StartAsync(call =>
            ((call.Index * 7) + (call.Attempt * 3)) % 10 < 3 ? call.FailAsync(500) : call.RecordAsync()
        );
        await using var host = await RunnerHost.StartAsync(inference);

        var run = await host.RunToEndAsync(RunnerHost.Request(1000));

        Assert.Equal(Enumerable.Range(0, 1000), run.Indices);
        Assert.All(run.Ended, result => Assert.Equal(GeneratedRecord.OutcomeOneofCase.Data, result.OutcomeCase));
        Assert.Equal(run.Retrying.Count + 1000, inference.Calls);
    }

    private static Task Abort(FakeCall call)
    {
        call.Context.Abort();
        return Task.CompletedTask;
    }
}
