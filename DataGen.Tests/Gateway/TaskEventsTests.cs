using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using DataGen.Contracts;
using DataGen.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DataGen.Tests.Gateway;

public sealed class TaskEventsTests
{
    private static readonly string[] ProgressFields =
    [
        "status",
        "inFlight",
        "inFlightCount",
        "good",
        "failed",
        "recordsPerSecond",
        "errorGroups",
    ];
    private readonly Channel<TaskProgress> upstream = Channel.CreateUnbounded<TaskProgress>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Progress_is_pushed_as_it_comes_and_done_ends_the_stream()
    {
        await using var gateway = await StartAsync();
        using var ann = await gateway.SignInAsync();
        upstream.Writer.TryWrite(Progress(7));

        using var response = await ann.GetAsync("/api/tasks/1/events", HttpCompletionOption.ResponseHeadersRead, Ct);
        using var events = new SseReader(response);
        var first = await events.NextAsync();
        upstream.Writer.TryWrite(Progress(8, GenerationTaskStatus.Succeeded));
        var last = await events.NextAsync();

        Assert.Equal(("progress", "7"), (first!.Type, first.Id));
        var data = JsonNode.Parse(first.Data)!;
        Assert.Equal(
            """{"status":"running","inFlight":[{"index":2,"attempt":1,"state":"calling"}],"inFlightCount":1,"good":[[0,0],[3,9]],"failed":[[1,1]],"recordsPerSecond":2.5,"errorGroups":[{"message":"HTTP 400","count":1,"firstIndex":1}]}""",
            new JsonObject(
                ProgressFields.Select(name => KeyValuePair.Create(name, data[name]?.DeepClone()))
            ).ToJsonString()
        );
        Assert.Null(data["cells"]);
        Assert.Null(data["point"]);
        Assert.Equal(
            ("done", "done-1795341609000", "succeeded"),
            (last!.Type, last.Id, (string?)JsonNode.Parse(last.Data)!["status"])
        );
        Assert.Null(await events.NextAsync());
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(
            ("no-cache, no-store", "no"),
            (
                string.Join(", ", response.Headers.GetValues("Cache-Control").Single().Split(", ").Order()),
                response.Headers.GetValues("X-Accel-Buffering").Single()
            )
        );
    }

    [Fact]
    public async Task A_large_tasks_progress_is_told_by_cells_and_not_by_indices()
    {
        await using var gateway = await StartAsync();
        using var ann = await gateway.SignInAsync();
        upstream.Writer.TryWrite(
            new TaskProgress
            {
                Version = 7,
                Task = FakeTasks.Sample(count: 100_000),
                InFlightCount = 1500,
                Retrying =
                {
                    new ErrorGroup
                    {
                        Message = "The inference server failed (500).",
                        Count = 9,
                        FirstIndex = 4,
                    },
                },
                Cells = new Cells
                {
                    Size = 100,
                    Good = { 100, 98, 0 },
                    Failed = { 0, 2, 0 },
                },
                NewestPoint = new HistoryPoint
                {
                    At = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTime(
                        new DateTime(2026, 11, 22, 10, 0, 5, DateTimeKind.Utc)
                    ),
                    Completed = 200,
                    Failures = 2,
                    LatencyP50Ms = 812.5,
                    LatencyP95Ms = 2100,
                },
            }
        );

        using var response = await ann.GetAsync("/api/tasks/1/events", HttpCompletionOption.ResponseHeadersRead, Ct);
        using var events = new SseReader(response);
        var data = JsonNode.Parse((await events.NextAsync())!.Data)!.AsObject();

        Assert.Equal("""{"size":100,"good":[100,98,0],"failed":[0,2,0]}""", data["cells"]!.ToJsonString());
        Assert.Equal(
            """{"at":"2026-11-22T10:00:05Z","completed":200,"failures":2,"latencyP50Ms":812.5,"latencyP95Ms":2100}""",
            data["point"]!.ToJsonString()
        );
        Assert.Equal(1500, (int)data["inFlightCount"]!);
        Assert.Equal(
            """[{"message":"The inference server failed (500).","count":9,"firstIndex":4}]""",
            data["retrying"]!.ToJsonString()
        );
        Assert.False(data.ContainsKey("good") || data.ContainsKey("failed"));
    }

    [Fact]
    public async Task A_browser_that_has_seen_the_end_is_told_to_stop_connecting()
    {
        await using var gateway = await StartAsync();
        using var ann = await gateway.SignInAsync();
        gateway.Tasks.OnWatch = _ => Ended();
        ann.DefaultRequestHeaders.Add("Last-Event-ID", "8");
        using var response = await ann.GetAsync("/api/tasks/1/events", Ct);
        using var events = new SseReader(response);
        var done = await events.NextAsync();
        ann.DefaultRequestHeaders.Remove("Last-Event-ID");
        ann.DefaultRequestHeaders.Add("Last-Event-ID", done!.Id);

        Assert.Equal("done", done.Type);
        Assert.Equal(HttpStatusCode.NoContent, await ann.GetAsync("/api/tasks/1/events", Ct).StatusAsync());
    }

    [Fact]
    public async Task A_task_that_is_not_the_callers_is_404()
    {
        await using var gateway = await StartAsync();
        using var ann = await gateway.SignInAsync();
        gateway.Tasks.OnWatch = _ => throw FakeTasks.NotFound();
        ann.DefaultRequestHeaders.Accept.ParseAdd("text/event-stream");

        Assert.Equal(
            404,
            (int)(await ann.GetAsync("/api/tasks/2/events", Ct).JsonAsync(HttpStatusCode.NotFound))["status"]!
        );
    }

    [Fact]
    public async Task A_slow_browser_gets_the_newest_state_and_not_every_one_before()
    {
        await using var gateway = await StartAsync();
        using var ann = await gateway.SignInAsync();
        upstream.Writer.TryWrite(Progress(0));
        using var response = await ann.GetAsync("/api/tasks/1/events", HttpCompletionOption.ResponseHeadersRead, Ct);
        for (var version = 1; version < 20_000; version++)
        {
            upstream.Writer.TryWrite(Progress(version));
        }

        upstream.Writer.TryWrite(Progress(20_000, GenerationTaskStatus.Succeeded));
        using var events = new SseReader(response);
        var seen = new List<SseEvent>();
        while (await events.NextAsync() is { } next)
        {
            seen.Add(next);
        }

        Assert.Equal("done", seen[^1].Type);
        Assert.InRange(seen.Count, 2, 19_999);
        Assert.Equal(
            seen.SkipLast(1).Select(e => long.Parse(e.Id, null)).Order(),
            seen.SkipLast(1).Select(e => long.Parse(e.Id, null))
        );
    }

    [Fact]
    public async Task When_Tasks_is_restarted_the_browsers_stream_goes_on()
    {
        await using var gateway = await StartAsync();
        using var ann = await gateway.SignInAsync();
        upstream.Writer.TryWrite(Progress(7));
        using var response = await ann.GetAsync("/api/tasks/1/events", HttpCompletionOption.ResponseHeadersRead, Ct);
        using var events = new SseReader(response);
        Assert.Equal("7", (await events.NextAsync())!.Id);

        await gateway.Tasks.StopAsync();
        gateway.Tasks.OnWatch = _ => Ended();
        await gateway.Tasks.StartAsync(gateway.Tasks.Address);

        Assert.Equal("done", (await events.NextAsync())!.Type);
    }

    [Fact]
    public async Task Stopping_the_process_ends_streams_at_once()
    {
        await using var gateway = await StartAsync();
        using var ann = await gateway.SignInAsync();
        upstream.Writer.TryWrite(Progress(7));
        using var response = await ann.GetAsync("/api/tasks/1/events", HttpCompletionOption.ResponseHeadersRead, Ct);
        using var events = new SseReader(response);
        await events.NextAsync();
        var watch = new UncontendedStopwatch();

        await gateway.StopAsync(Ct);

        Assert.Null(await events.NextAsync());
        watch.AssertWithin(3, "The end of the streams");
    }

    [Fact]
    public async Task A_session_that_ends_ends_its_streams_and_a_store_that_is_away_does_not()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var gateway = await StartAsync(host =>
            host.Configure = services => services.AddSingleton<TimeProvider>(clock)
        );
        using var ann = await gateway.SignInAsync();
        upstream.Writer.TryWrite(Progress(7));
        using var response = await ann.GetAsync("/api/tasks/1/events", HttpCompletionOption.ResponseHeadersRead, Ct);
        using var events = new SseReader(response);
        await events.NextAsync();

        gateway.Store.IsAway = true;
        clock.Advance(TimeSpan.FromSeconds(6));
        upstream.Writer.TryWrite(Progress(8));
        Assert.Equal("8", (await events.NextAsync())!.Id);
        gateway.Store.IsAway = false;
        await gateway.Store.HashSetAsync(
            "datagen:user:ann:sessions",
            gateway.Store.Fields.Keys.Single().Field,
            null,
            Ct
        );
        var end = events.NextAsync();
        while (!end.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(end, Task.Delay(TimeSpan.FromMilliseconds(20), Ct));
        }

        Assert.Null(await end);
    }

    [Fact]
    public async Task A_quiet_stream_is_kept_alive_with_comments()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var gateway = await StartAsync(host =>
            host.Configure = services => services.AddSingleton<TimeProvider>(clock)
        );
        using var ann = await gateway.SignInAsync();
        upstream.Writer.TryWrite(Progress(7));
        using var response = await ann.GetAsync("/api/tasks/1/events", HttpCompletionOption.ResponseHeadersRead, Ct);
        using var events = new SseReader(response);
        await events.NextAsync();

        var comment = events.NextLineAsync();
        while (!comment.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(comment, Task.Delay(TimeSpan.FromMilliseconds(20), Ct));
        }

        Assert.Equal(":", await comment);
    }

    private static ChannelReader<TaskProgress> Ended()
    {
        var once = Channel.CreateUnbounded<TaskProgress>();
        once.Writer.TryWrite(Progress(1, GenerationTaskStatus.Succeeded));
        once.Writer.Complete();
        return once.Reader;
    }

    private static TaskProgress Progress(long version, GenerationTaskStatus status = GenerationTaskStatus.Running) =>
        new()
        {
            Version = version,
            Task = new GenerationTask(FakeTasks.Sample(status)) { RecordsPerSecond = 2.5 },
            InFlight =
            {
                new InFlightRecord
                {
                    Index = 2,
                    Attempt = 1,
                    State = InFlightState.Calling,
                },
            },
            Good =
            {
                new IndexRange { First = 0, Last = 0 },
                new IndexRange { First = 3, Last = 9 },
            },
            Failed =
            {
                new IndexRange { First = 1, Last = 1 },
            },
            InFlightCount = 1,
            ErrorGroups =
            {
                new ErrorGroup
                {
                    Message = "HTTP 400",
                    Count = 1,
                    FirstIndex = 1,
                },
            },
        };

    private Task<GatewayHost> StartAsync(Action<GatewayHost>? configure = null) =>
        GatewayHost.StartAsync(host =>
        {
            host.Tasks.OnWatch = _ => upstream.Reader;
            configure?.Invoke(host);
        });
}
