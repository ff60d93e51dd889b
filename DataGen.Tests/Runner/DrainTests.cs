using DataGen.Contracts;
using DataGen.Tests.Support;
using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.Extensions.Options;

namespace DataGen.Tests.Runner;

public sealed class DrainTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_Runner_told_to_stop_begins_no_call_and_delivers_those_in_flight_while_it_refuses_new_streams_and_says_so()
    {
        var gate = new TaskCompletionSource();
        await using var inference = await FakeInferenceServer.StartAsync(async call =>
        {
            await gate.Task.WaitAsync(call.Aborted);
            await call.RecordAsync();
        });
        await using var host = await RunnerHost.StartAsync(
            inference,
            ("DATAGEN_MAX_CONCURRENCY", "5"),
            ("DATAGEN_DRAIN_SECONDS", "25")
        );
        var run = ReadAsync(host, RunnerHost.Request(100));
        await Eventually.TrueAsync(() => inference.InFlight == 5, "five calls are in flight");

        var stopping = host.App.StopAsync(Cancel);
        await Eventually.TrueAsync(
            async () => await HealthAsync(host) == HealthCheckResponse.Types.ServingStatus.NotServing,
            "it says that it does not serve"
        );
        var refused = await ReadAsync(host, RunnerHost.Request(1));
        Assert.False(stopping.IsCompleted);
        gate.SetResult();
        var (summary, status) = await run;
        await stopping;

        Assert.Equal(
            (StatusCode.Unavailable, "The Runner is stopping."),
            (refused.Status.StatusCode, refused.Status.Detail)
        );
        Assert.Equal((StatusCode.Unavailable, "The Runner is stopping."), (status.StatusCode, status.Detail));
        Assert.Equal([0, 1, 2, 3, 4], summary.Indices);
        Assert.Equal((5, 0), (inference.Calls, inference.Aborted));
    }

    [Fact]
    public async Task Calls_that_last_longer_than_the_drain_are_abandoned()
    {
        await using var inference = await FakeInferenceServer.StartAsync(call =>
            call.Index == 0 ? call.RecordAsync() : call.HangAsync()
        );
        await using var host = await RunnerHost.StartAsync(
            inference,
            ("DATAGEN_MAX_CONCURRENCY", "5"),
            ("DATAGEN_DRAIN_SECONDS", "1")
        );
        var run = ReadAsync(host, RunnerHost.Request(100));
        await Eventually.TrueAsync(() => inference is { Calls: 6, InFlight: 5 }, "five calls hang");

        var watch = new UncontendedStopwatch();
        await host.App.StopAsync(Cancel);
        var (summary, status) = await run;

        Assert.InRange(watch.Elapsed.TotalSeconds, 0.9, double.MaxValue);
        watch.AssertWithin(4, "The stop");
        Assert.Equal(StatusCode.Unavailable, status.StatusCode);
        Assert.Equal([0], summary.Indices);
        await Eventually.TrueAsync(() => inference.Aborted == 5, "the calls are abandoned");
    }

    [Fact]
    public async Task Retries_that_wait_for_their_time_are_not_waited_for()
    {
        await using var inference = await FakeInferenceServer.StartAsync(call =>
            call.Index == 0 ? call.RecordAsync() : call.FailAsync(429, retryAfterSeconds: 60)
        );
        await using var host = await RunnerHost.StartAsync(inference, ("DATAGEN_DRAIN_SECONDS", "25"));
        var run = ReadAsync(host, RunnerHost.Request(2));
        await Eventually.TrueAsync(() => inference is { Calls: 2, InFlight: 0 });

        var watch = new UncontendedStopwatch();
        await host.App.StopAsync(Cancel);
        var (summary, status) = await run;

        watch.AssertWithin(5, "The stop");
        Assert.Equal(StatusCode.Unavailable, status.StatusCode);
        Assert.Equal([0], summary.Indices);
    }

    [Fact]
    public async Task A_run_whose_last_calls_end_in_the_drain_is_complete()
    {
        var gate = new TaskCompletionSource();
        await using var inference = await FakeInferenceServer.StartAsync(async call =>
        {
            await gate.Task.WaitAsync(call.Aborted);
            await call.RecordAsync();
        });
        await using var host = await RunnerHost.StartAsync(inference, ("DATAGEN_DRAIN_SECONDS", "25"));
        var run = ReadAsync(host, RunnerHost.Request(3));
        await Eventually.TrueAsync(() => inference.InFlight == 3);

        var stopping = host.App.StopAsync(Cancel);
        await Eventually.TrueAsync(async () =>
            await HealthAsync(host) == HealthCheckResponse.Types.ServingStatus.NotServing
        );
        gate.SetResult();
        var (summary, status) = await run;
        await stopping;

        Assert.Equal((StatusCode.OK, 3), (status.StatusCode, summary.Ended.Count));
    }

    [Fact]
    public async Task A_reader_that_stops_reading_does_not_hold_up_the_stop()
    {
        var text = new string('x', 5000);
        await using var inference = await FakeInferenceServer.StartAsync(call =>
            call.ContentAsync($$"""{"id": {{call.Index}}, "text": "{{text}}"}""")
        );
        await using var host = await RunnerHost.StartAsync(inference, ("DATAGEN_DRAIN_SECONDS", "1"));
        using var call = host.Run(RunnerHost.Request(100_000), Cancel);
        Assert.True(await call.ResponseStream.MoveNext(Cancel));
        await Eventually.TrueAsync(() => inference is { Calls: > 200, InFlight: 0 }, "the calls wait for the reader");

        var watch = new UncontendedStopwatch();
        await host.App.StopAsync(Cancel);

        Assert.InRange(watch.Elapsed.TotalSeconds, 1, double.MaxValue);
        watch.AssertWithin(5, "The stop");
    }

    [Fact]
    public async Task A_Runner_without_streams_stops_at_once()
    {
        await using var host = await RunnerHost.StartAsync("http://127.0.0.1:9", null, ("DATAGEN_DRAIN_SECONDS", "25"));

        var watch = new UncontendedStopwatch();
        await host.App.StopAsync(Cancel);

        watch.AssertWithin(3, "The stop");
    }

    [Theory]
    [InlineData("26")]
    [InlineData("-1")]
    [InlineData("soon")]
    public async Task A_drain_that_is_no_number_of_seconds_up_to_25_is_named(string value)
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            RunnerHost.StartAsync("http://127.0.0.1:9", null, ("DATAGEN_DRAIN_SECONDS", value))
        );

        Assert.Contains("DATAGEN_DRAIN_SECONDS", Assert.Single(exception.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_SIGTERM_the_real_process_loses_no_call_in_flight()
    {
        await using var inference = await FakeInferenceServer.StartAsync(TimeSpan.FromSeconds(1));
        await using var runner = await RunnerProcess.StartAsync(inference.Url, ("DATAGEN_MAX_CONCURRENCY", "10"));
        var summary = new RunSummary();
        using var call = RunnerHost.Run(runner.Client, RunnerHost.Request(1000), RunnerHost.Identity(), Cancel);
        var termination = Task.CompletedTask;
        var exception = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext(Cancel))
            {
                summary.Add(call.ResponseStream.Current);
                if (summary.Ended.Count >= 10 && inference.InFlight == 10 && !runner.IsTerminating)
                {
                    termination = runner.TerminateAsync(Cancel);
                }
            }
        });
        await termination;

        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
        Assert.Equal((0, 0), (inference.Aborted, runner.ExitCode));
        Assert.InRange(summary.Ended.Count, 20, 100);
        Assert.Equal(inference.Calls, summary.Ended.Count);
        Assert.Equal(inference.CallsByIndex.Keys.Order(), summary.Indices);
    }

    private static async Task<(RunSummary Summary, Status Status)> ReadAsync(RunnerHost host, RunRequest request)
    {
        var summary = new RunSummary();
        using var call = host.Run(request, Cancel);
        try
        {
            await foreach (var update in call.ResponseStream.ReadAllAsync(Cancel))
            {
                summary.Add(update);
            }

            return (summary, call.GetStatus());
        }
        catch (RpcException exception)
        {
            return (summary, exception.Status);
        }
    }

    private static async Task<HealthCheckResponse.Types.ServingStatus> HealthAsync(RunnerHost host) =>
        (
            await new Health.HealthClient(host.Channel).CheckAsync(new HealthCheckRequest(), cancellationToken: Cancel)
        ).Status;
}
