using System.Globalization;
using DataGen.Tests.Mock;
using Microsoft.Extensions.Time.Testing;

namespace DataGen.Tests.Runner;

/// <summary>The Runner against those fault switches of the mock's inference that cost time: calls that run out of it,
/// and refusals that ask for it.</summary>
public sealed class SlowServerTests
{
    private const string NodeTimeout = "The model did not answer within the inference server's own time limit.";
    private const string GatewayTimeout = "The inference server ran out of time (504).";

    /// <summary>
    /// Switches, seconds an attempt may take, whether the one record becomes good (of two attempts, both made), and the
    /// sentence of every failed
    /// attempt at a node and at an OpenAI server. When no call comes back, the Runner says so and waits before the
    /// next.
    /// </summary>
    public static TheoryData<string, int, bool, string, string> Timeouts =>
        new()
        {
            {
                """{"hangRate":1}""",
                1,
                false,
                "No answer from the inference server within 1 s.",
                "No answer from the inference server within 1 s."
            },
            {
                """{"hangRate":{"value":1,"calls":1}}""",
                2,
                true,
                "No answer from the inference server within 2 s.",
                "No answer from the inference server within 2 s."
            },
            { """{"hangRate":1,"hangSeconds":0}""", 120, false, NodeTimeout, GatewayTimeout },
            { """{"raw":true,"hangRate":1,"hangSeconds":0}""", 120, false, NodeTimeout, GatewayTimeout },
            { """{"errorRate":1,"errorStatus":"504"}""", 120, false, GatewayTimeout, GatewayTimeout },
            {
                """{"errorRate":{"value":1,"calls":1},"errorStatus":"504"}""",
                120,
                true,
                GatewayTimeout,
                GatewayTimeout
            },
        };

    [Theory]
    [MemberData(nameof(Timeouts))]
    public Task A_run_whose_calls_run_out_of_time_has_the_outcome_of_the_table(
        string switches,
        int deadline,
        bool good,
        string node,
        string openAi
    ) =>
        FaultyServer.OnBothAsync(
            node,
            openAi,
            async (path, sentence) =>
            {
                var run = await FaultyServer.RunAsync(
                    path,
                    switches,
                    1,
                    2,
                    ("DATAGEN_INFERENCE_TIMEOUT_SECONDS", deadline.ToString(CultureInfo.InvariantCulture))
                );
                FaultyServer.AssertOutcome(run, good ? 1 : 0, good ? 0 : 1, sentence);
                Assert.Equal(sentence, run.Waiting[0]);
            }
        );

    [Fact]
    public Task A_refused_record_comes_back_no_sooner_than_it_was_told_to() =>
        FaultyServer.OnBothAsync(
            FaultyServer.TooMany,
            FaultyServer.TooMany,
            async (path, sentence) =>
            {
                var run = await FaultyServer.RunAsync(
                    path,
                    """{"tooManyRate":{"value":1,"calls":1},"retryAfterSeconds":2}""",
                    1,
                    2
                );
                FaultyServer.AssertOutcome(run, 1, 0, sentence);
                Assert.InRange(run.Record(0).DurationMs, 2000, 30_000);
            }
        );

    [Theory]
    [InlineData("requestsPerMinute", FaultyServer.TooMany, FaultyServer.TooMany)]
    [InlineData("nodeRequestsPerMinute", FaultyServer.RateLimited, FaultyServer.TooMany)]
    public Task A_minutes_limit_is_waited_out(string limit, string node, string openAi) =>
        FaultyServer.OnBothAsync(
            node,
            openAi,
            async (path, sentence) =>
            {
                var clock = new FakeTimeProvider();
                await using var mock = await RunningMock.StartAsync(clock);
                await mock.SwitchAsync($$"""{"inference":{"{{limit}}":2} }""");
                await using var host = await RunnerHost.StartAsync(
                    mock.Http.BaseAddress!.AbsoluteUri,
                    null,
                    ("DATAGEN_INFERENCE_PATH", path),
                    ("DATAGEN_INFERENCE_MODEL", "m"),
                    ("DATAGEN_MAX_ATTEMPTS", "1")
                );

                var running = host.RunToEndAsync(RunnerHost.Request(3, FaultyServer.Prompt));
                await Eventually.GetAsync(
                    () => mock.StatsAsync("inference"),
                    stats => stats.GetProperty("failed").GetInt32() > 0
                );
                clock.Advance(TimeSpan.FromSeconds(61));
                var run = await running;

                FaultyServer.AssertOutcome(run, 3, 0, sentence);
                Assert.Equal(
                    run.Started.Count,
                    (await mock.StatsAsync("inference")).GetProperty("requested").GetInt32()
                );
            }
        );

    [Fact]
    public Task A_server_that_works_at_one_call_at_a_time_makes_the_others_wait() =>
        FaultyServer.OnBothAsync(
            "",
            "",
            async (path, sentence) =>
            {
                await using var mock = await RunningMock.StartAsync();
                await mock.SwitchAsync("""{"inference":{"serialised":true,"latencyMs":100}}""");
                await using var host = await RunnerHost.StartAsync(
                    mock.Http.BaseAddress!.AbsoluteUri,
                    null,
                    ("DATAGEN_INFERENCE_PATH", path),
                    ("DATAGEN_INFERENCE_MODEL", "m"),
                    ("DATAGEN_MAX_ATTEMPTS", "1")
                );

                var run = await host.RunToEndAsync(RunnerHost.Request(4, FaultyServer.Prompt));

                FaultyServer.AssertOutcome(run, 4, 0, sentence);
                Assert.InRange(run.Ended.Max(record => record.DurationMs), 300, 30_000);
            }
        );
}
