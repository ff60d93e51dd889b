using DataGen.Contracts;
using DataGen.Tests.Support;
using Grpc.Core;
using Grpc.Health.V1;

namespace DataGen.Tests.Runner;

public sealed class LeaseTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(3)]
    [InlineData(1)]
    public async Task A_runs_own_bound_is_kept(int bound)
    {
        await using var inference = await FakeInferenceServer.StartAsync(TimeSpan.FromMilliseconds(5));
        await using var host = await RunnerHost.StartAsync(inference);
        var request = RunnerHost.Request(60);
        request.Spec.Concurrency = bound;

        var run = await host.RunToEndAsync(request);

        Assert.Equal(60, run.Ended.Count);
        Assert.Equal(bound, inference.MaxInFlight);
    }

    [Fact]
    public async Task All_runs_together_keep_the_Runners_bound()
    {
        await using var inference = await FakeInferenceServer.StartAsync(TimeSpan.FromMilliseconds(5));
        await using var host = await RunnerHost.StartAsync(inference, ("DATAGEN_MAX_CONCURRENCY", "8"));

        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.RunToEndAsync(RunnerHost.Request(100))));

        Assert.All(runs, run => Assert.Equal(Enumerable.Range(0, 100), run.Indices));
        Assert.Equal(8, inference.MaxInFlight);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task A_small_task_beside_a_huge_one_gets_its_half_into_however_many_streams_that_is_cut(int streams)
    {
        var (smallCalls, hugeCallsBesideIt) = (0, 0);
        await using var inference = await FakeInferenceServer.StartAsync(async call =>
        {
            if (
                call
                    .Body.GetProperty("messages")[1]
                    .GetProperty("content")
                    .GetString()!
                    .StartsWith("small", StringComparison.Ordinal)
            )
            {
                Interlocked.Increment(ref smallCalls);
            }
            else if (Volatile.Read(ref smallCalls) is > 0 and < 200)
            {
                Interlocked.Increment(ref hugeCallsBesideIt);
            }

            await Task.Delay(20, call.Aborted);
            await call.RecordAsync();
        });
        await using var host = await RunnerHost.StartAsync(inference, ("DATAGEN_MAX_CONCURRENCY", "8"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var huge = Enumerable
            .Range(0, streams)
            .Select(shard => ReadAsync(host, Shard(shard, 1_000_000 / streams, 1_000_000), stop.Token))
            .ToArray();
        await Eventually.TrueAsync(() => inference.InFlight == 8, "the huge task takes all slots");

        var small = await host.RunToEndAsync(RunnerHost.Request(200, "small"));

        Assert.Equal(200, small.Ended.Count);
        Assert.InRange(hugeCallsBesideIt, 100, 320);
        await stop.CancelAsync();
        foreach (var reading in huge)
        {
            await Assert.ThrowsAnyAsync<Exception>(() => reading);
        }

        static RunRequest Shard(int shard, int size, int count)
        {
            var request = RunnerHost.Request(count, "huge");
            (request.TaskId, request.Ranges[0].First, request.Ranges[0].Last) = (
                "task-huge",
                shard * size,
                ((shard + 1) * size) - 1
            );
            return request;
        }

        static async Task ReadAsync(RunnerHost host, RunRequest request, CancellationToken cancellationToken)
        {
            using var call = host.Run(request, cancellationToken);
            await call.ResponseStream.ReadAllAsync(cancellationToken).CountAsync(cancellationToken);
        }
    }

    [Fact]
    public async Task A_bound_counts_all_streams_of_its_task_together()
    {
        await using var inference = await FakeInferenceServer.StartAsync(TimeSpan.FromMilliseconds(5));
        await using var host = await RunnerHost.StartAsync(inference);
        var request = RunnerHost.Request(60);
        request.Spec.Concurrency = 3;

        await Task.WhenAll(host.RunToEndAsync(request), host.RunToEndAsync(request), host.RunToEndAsync(request));

        Assert.Equal((180, 3), (inference.Calls, inference.MaxInFlight));
    }

    [Fact]
    public async Task When_the_stream_is_cancelled_calls_in_flight_are_abandoned_and_none_follows()
    {
        await using var inference = await FakeInferenceServer.StartAsync(call => call.HangAsync());
        await using var host = await RunnerHost.StartAsync(inference, ("DATAGEN_MAX_CONCURRENCY", "5"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var call = host.Run(RunnerHost.Request(100), stop.Token);
        await Eventually.TrueAsync(() => inference.InFlight == 5, "five calls are in flight");

        await stop.CancelAsync();

        await Eventually.TrueAsync(() => inference.Aborted == 5, "the calls are abandoned");
        await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancel));
        await Task.Delay(200, Cancel);
        Assert.Equal(5, inference.Calls);
    }

    [Fact]
    public async Task A_reader_that_stops_reading_stops_the_calls_and_one_that_goes_on_gets_the_rest()
    {
        var text = new string('x', 2000);
        await using var inference = await FakeInferenceServer.StartAsync(call =>
            call.ContentAsync($$"""{"id": {{call.Index}}, "text": "{{text}}"}""")
        );
        await using var host = await RunnerHost.StartAsync(inference);
        using var call = host.Run(RunnerHost.Request(10_000), Cancel);
        Assert.True(await call.ResponseStream.MoveNext(Cancel));
        var run = new RunSummary();
        run.Add(call.ResponseStream.Current);

        var seen = 0;
        for (var polls = 0; seen == 0 || seen != inference.Calls; polls++)
        {
            Assert.True(polls < 30, "the calls go on");
            seen = inference.Calls;
            await Task.Delay(500, Cancel);
        }

        Assert.InRange(seen, 100, 4000);

        await foreach (var update in call.ResponseStream.ReadAllAsync(Cancel))
        {
            run.Add(update);
            Assert.InRange(update.CalculateSize(), 0, 3 * 1024 * 1024);
        }

        Assert.Equal(Enumerable.Range(0, 10_000), run.Indices);
        Assert.Equal(10_000, inference.Calls);
    }

    [Fact]
    public async Task Headers_come_before_the_first_record()
    {
        await using var inference = await FakeInferenceServer.StartAsync(call => call.HangAsync());
        await using var host = await RunnerHost.StartAsync(inference);
        using var call = host.Run(RunnerHost.Request(1), Cancel);

        await call.ResponseHeadersAsync.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
    }

    [Fact]
    public async Task Without_time_to_drain_a_host_that_stops_ends_its_streams_at_once()
    {
        await using var inference = await FakeInferenceServer.StartAsync(call => call.HangAsync());
        await using var host = await RunnerHost.StartAsync(inference, ("DATAGEN_DRAIN_SECONDS", "0"));
        using var call = host.Run(RunnerHost.Request(10), Cancel);
        Assert.True(await call.ResponseStream.MoveNext(Cancel));

        var watch = new UncontendedStopwatch();
        var stopping = host.App.StopAsync(Cancel);
        var exception = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext(Cancel)) { }
        });
        watch.AssertWithin(1, "The end of the streams");

        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
        await stopping;
    }

    [Fact]
    public async Task A_request_that_makes_no_sense_is_refused_with_its_reason()
    {
        await using var host = await RunnerHost.StartAsync("http://127.0.0.1:9", null);
        var request = RunnerHost.Request(1);
        request.Spec.Prompt = "";

        var exception = await Assert.ThrowsAsync<RpcException>(() => host.RunToEndAsync(request));

        Assert.Equal(
            (StatusCode.InvalidArgument, "spec.prompt is empty."),
            (exception.StatusCode, exception.Status.Detail)
        );
    }

    [Fact]
    public async Task Only_services_may_run_but_anyone_may_ask_for_health()
    {
        await using var host = await RunnerHost.StartAsync("http://127.0.0.1:9", null);

        Assert.Equal(StatusCode.Unauthenticated, await StatusAsync([]));
        Assert.Equal(
            StatusCode.Unauthenticated,
            await StatusAsync(new Metadata { { "authorization", "Bearer nonsense" } })
        );
        Assert.Equal(StatusCode.PermissionDenied, await StatusAsync(RunnerHost.Identity("user")));
        Assert.Equal(StatusCode.PermissionDenied, await StatusAsync(RunnerHost.Identity("admin")));

        var health = await new Health.HealthClient(host.Channel).CheckAsync(
            new HealthCheckRequest(),
            cancellationToken: Cancel
        );
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
        using var http = new HttpClient();
        Assert.Equal("Healthy", await http.GetStringAsync(new Uri($"{host.HttpUrl}/health"), Cancel));
        Assert.Equal("Healthy", await http.GetStringAsync(new Uri($"{host.HttpUrl}/alive"), Cancel));

        async Task<StatusCode> StatusAsync(Metadata headers)
        {
            using var call = RunnerHost.Run(host.Client, RunnerHost.Request(1), headers, Cancel);
            return (await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancel))).StatusCode;
        }
    }
}
