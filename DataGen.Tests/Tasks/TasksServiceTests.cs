using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using DataGen.Tasks.V1;
using DataGen.Tests.Support;
using Grpc.Core;
using Task = System.Threading.Tasks.Task;
using TaskStatus = DataGen.Tasks.V1.TaskStatus;

namespace DataGen.Tests.Tasks;

public sealed class TasksServiceTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly MemoryStore store = new();
    private FakeRunner runner = null!;
    private TasksHost host = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        runner = await FakeRunner.StartAsync(None);
        host = await TasksHost.StartAsync(store, runner.Address, None);
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await runner.DisposeAsync();
    }

    [Fact]
    public async Task A_task_becomes_as_many_records_as_were_asked_for()
    {
        var created = await host.CreateAsync(25);
        Assert.Equal("ada", created.Task.Owner);
        var ended = await host.EndAsync(created.Task.Id, Cancelled);

        Assert.Equal((TaskStatus.Succeeded, 25, 0), (ended.Task.Status, ended.Task.Completed, ended.Task.Failures));
        Assert.Equal((250, 125), (ended.Task.Tokens.Input, ended.Task.Tokens.Output));
        Assert.NotNull(ended.Task.FinishedAt);
        var records = await host.RecordsAsync(created.Task.Id);
        Assert.Equal(Enumerable.Range(0, 25), records.Select(record => record.Index));
        Assert.Equal("""{"id":3,"name":"Zoë 3"}""", records[3].Data.ToStringUtf8());
        Assert.All(runner.Delivered, delivered => Assert.Equal(1, delivered.Value));
    }

    [Fact]
    public async Task One_trace_leads_from_the_creation_of_a_task_to_the_runner()
    {
        using var listener = new ActivityListener { ShouldListenTo = _ => true, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource("DataGen.Tests");
        using var request = source.StartActivity("POST /api/tasks")!;
        var id = (await host.CreateAsync(1)).Task.Id;
        await host.EndAsync(id, Cancelled);
        Assert.Contains(request.TraceId.ToHexString(), Assert.Single(runner.TraceParents), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failed_records_are_counted_and_named_and_the_rest_is_exported()
    {
        runner.Make = index => index % 5 == 2 ? $"!The answer to {index} was cut off." : $$"""{"n":{{index}}}""";
        var id = (await host.CreateAsync(10)).Task.Id;
        var ended = await host.EndAsync(id, Cancelled);

        Assert.Equal((TaskStatus.Succeeded, 10, 2), (ended.Task.Status, ended.Task.Completed, ended.Task.Failures));
        Assert.Equal([(2, "The answer to 2 was cut off."), (7, "The answer to 7 was cut off.")], ended.Errors.Select(error => (error.Index, error.Message)));
        var lines = Encoding.UTF8.GetString(await host.ExportAsync(id, ExportFormat.Jsonl)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal([0, 1, 3, 4, 5, 6, 8, 9], lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("n").GetInt32()));
    }

    [Fact]
    public async Task A_task_none_of_whose_records_could_be_made_has_failed_and_says_why()
    {
        runner.Make = _ => "!The answer is not JSON.";
        var ended = await host.EndAsync((await host.CreateAsync(3)).Task.Id, Cancelled);
        Assert.Equal((TaskStatus.Failed, "No record could be generated. The answer is not JSON."), (ended.Task.Status, ended.Task.FailureReason));
        Assert.Equal(1, (await host.MetricsAsync()).FailedJobs);
    }

    [Fact]
    public async Task A_fatal_answer_fails_the_task_with_its_reason()
    {
        runner.First = new() { Fatal = new() { Reason = "The inference server refused the API key (401)." } };
        var ended = await host.EndAsync((await host.CreateAsync(3)).Task.Id, Cancelled);
        Assert.Equal((TaskStatus.Failed, "The inference server refused the API key (401).", 0), (ended.Task.Status, ended.Task.FailureReason, ended.Task.Completed));
    }

    [Fact]
    public async Task Why_the_runner_waits_is_shown_while_it_does()
    {
        var goOn = new TaskCompletionSource();
        runner.First = new() { Waiting = new() { Reason = "The inference server cannot be reached." } };
        runner.Before = (_, _) => goOn.Task;
        var id = (await host.CreateAsync(1)).Task.Id;
        var waiting = await Eventually.GetAsync(() => host.GetAsync(id), detail => detail.Task.WaitingReason.Length > 0);
        Assert.Equal((TaskStatus.Running, "The inference server cannot be reached."), (waiting.Task.Status, waiting.Task.WaitingReason));
        Assert.Equal([0], waiting.InFlight.Select(record => record.Index));

        goOn.SetResult();
        Assert.Equal("", (await host.EndAsync(id, Cancelled)).Task.WaitingReason);
    }

    [Fact]
    public async Task A_cancelled_task_keeps_what_is_done_and_asks_for_no_more()
    {
        runner.Before = (index, token) => index < 6 ? Task.CompletedTask : Task.Delay(Timeout.Infinite, token);
        var id = (await host.CreateAsync(50)).Task.Id;
        await Eventually.GetAsync(() => host.GetAsync(id), detail => detail.Task.Completed == 6);

        var cancelled = await host.Client.CancelAsync(new CancelTaskRequest { Id = id }, host.As("ada"), cancellationToken: Cancelled);
        Assert.Equal((TaskStatus.Cancelled, 6), (cancelled.Task.Status, cancelled.Task.Completed));
        await Eventually.TrueAsync(() => runner.OpenLeases == 0);
        Assert.Equal(6, (await host.RecordsAsync(id)).Count);
        Assert.Equal(cancelled, await host.Client.CancelAsync(new CancelTaskRequest { Id = id }, host.As("ada"), cancellationToken: Cancelled));
        Assert.Empty(store.PeekAll("datagen:tasks:active"));
    }

    [Fact]
    public async Task When_the_runners_stream_breaks_only_what_is_missing_is_asked_for_again()
    {
        var broken = 0;
        runner.Before = (index, _) => index == 30 && Interlocked.Exchange(ref broken, 1) == 0
            ? throw new RpcException(new Status(StatusCode.Unavailable, "killed"))
            : Task.CompletedTask;
        var id = (await host.CreateAsync(60)).Task.Id;
        Assert.Equal((TaskStatus.Succeeded, 60), (await host.EndAsync(id, Cancelled)) is var ended ? (ended.Task.Status, ended.Task.Completed) : default);

        Assert.Equal(2, runner.Requests.Count);
        Assert.Equal([(30, 59)], runner.Requests.Last().Ranges.Select(range => (range.First, range.Last)));
        Assert.All(runner.Delivered, delivered => Assert.Equal(1, delivered.Value));
    }

    [Fact]
    public async Task A_record_delivered_twice_counts_once()
    {
        runner.First = new();
        runner.First.Ended.AddRange([runner.Result(4), runner.Result(99)]);
        var id = (await host.CreateAsync(5)).Task.Id;
        var ended = await host.EndAsync(id, Cancelled);
        Assert.Equal((TaskStatus.Succeeded, 5, 0), (ended.Task.Status, ended.Task.Completed, ended.Task.Failures));
        Assert.Equal([0, 1, 2, 3, 4], (await host.RecordsAsync(id)).Select(record => record.Index));
    }

    [Fact]
    public async Task What_the_store_does_not_confirm_is_written_again_and_never_counts_before()
    {
        var refusals = 3;
        store.OnWrite = key => key.Contains(":segments", StringComparison.Ordinal) && refusals > 0 ? ("false", Kept: refusals-- % 2 == 0) : null;
        var id = (await host.CreateAsync(40)).Task.Id;
        var ended = await host.EndAsync(id, Cancelled);
        Assert.Equal((TaskStatus.Succeeded, 40), (ended.Task.Status, ended.Task.Completed));
        Assert.Equal(Enumerable.Range(0, 40), (await host.RecordsAsync(id)).Select(record => record.Index));
        Assert.All(runner.Delivered, delivered => Assert.Equal(1, delivered.Value));
    }

    [Fact]
    public async Task A_store_that_is_away_is_named_on_the_task_and_nothing_counts_until_it_is_back()
    {
        var away = false;
        runner.Before = (index, _) =>
        {
            away |= index == 5;
            return Task.CompletedTask;
        };
        store.Away = () => Volatile.Read(ref away) ? "connection refused" : null;
        var id = (await host.CreateAsync(20)).Task.Id;
        var waiting = await Eventually.GetAsync(() => host.GetAsync(id), detail => detail.Task.WaitingReason.Length > 0);
        Assert.Contains("store", waiting.Task.WaitingReason, StringComparison.Ordinal);
        Assert.True(waiting.Task.Completed <= 5);
        var refused = await Assert.ThrowsAsync<RpcException>(() => host.CreateAsync(1));
        Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
        Assert.NotNull(refused.GetRpcStatus()!.GetDetail<Google.Rpc.RetryInfo>());

        runner.Before = (_, _) => Task.CompletedTask;
        Volatile.Write(ref away, false);
        Assert.Equal((TaskStatus.Succeeded, 20), (await host.EndAsync(id, Cancelled)) is var ended ? (ended.Task.Status, ended.Task.Completed) : default);
    }

    [Fact]
    public async Task When_the_store_is_slow_the_window_fills_and_the_runner_is_held_back()
    {
        store.OnWrite = key => key.Contains(":segments", StringComparison.Ordinal) ? ("504", Kept: false) : null;
        await host.CreateAsync(200);
        var most = DataGen.Tasks.Running.SegmentCommitter.Window;
        await using var large = await TasksHost.StartAsync(store, runner.Address, Cancelled, ("DATAGEN_MAX_RECORDS_PER_JOB", "1000000"));
        var id = (await large.CreateAsync(1_000_000, "bob")).Task.Id;
        runner.Delivered.Clear();
        await Eventually.GetAsync(
            async () =>
            {
                var now = runner.Delivered.Count;
                await Task.Delay(500, Cancelled);
                return (now, Then: runner.Delivered.Count);
            },
            seen => seen.now > most && seen.now == seen.Then);
        Assert.InRange(runner.Delivered.Count, most, 100_000);
        Assert.Equal(0, (await large.GetAsync(id, "bob")).Task.Completed);
    }

    [Theory]
    [InlineData("", 5, "prompt")]
    [InlineData("   ", 5, "prompt")]
    [InlineData("a customer", 0, "count")]
    [InlineData("a customer", -1, "count")]
    [InlineData("a customer", 201, "count")]
    public async Task A_wrong_field_is_named(string prompt, int count, string field)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.CreateAsync(new CreateTaskRequest { Prompt = prompt, Count = count }, host.As("ada"), cancellationToken: Cancelled));
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Equal([field], refused.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>()!.FieldViolations.Select(violation => violation.Field));
    }

    [Fact]
    public async Task All_wrong_fields_are_named_at_once()
    {
        var request = new CreateTaskRequest { Prompt = new string('x', 8001), Count = 1, Title = new string('t', 201), Temperature = double.NaN, MaxTokens = 15, Concurrency = 0 };
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.CreateAsync(request, host.As("ada"), cancellationToken: Cancelled));
        Assert.Equal(
            ["prompt", "title", "temperature", "maxTokens", "concurrency"],
            refused.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>()!.FieldViolations.Select(violation => violation.Field));
    }

    [Fact]
    public async Task Another_users_task_is_not_found_and_only_an_admin_who_asks_sees_it()
    {
        var id = (await host.CreateAsync(2)).Task.Id;
        await host.EndAsync(id, Cancelled);
        foreach (var (name, role, owner) in new[] { ("eve", "user", ""), ("eve", "user", "ada"), ("root", "admin", "") })
        {
            var refused = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.GetAsync(new GetTaskRequest { Id = id, Owner = owner }, host.As(name, role), cancellationToken: Cancelled));
            Assert.Equal(StatusCode.NotFound, refused.StatusCode);
        }

        Assert.Equal(id, (await host.Client.GetAsync(new GetTaskRequest { Id = id, Owner = "ada" }, host.As("root", "admin"), cancellationToken: Cancelled)).Task.Id);
        Assert.Empty((await host.Client.ListAsync(new ListTasksRequest(), host.As("eve"), cancellationToken: Cancelled)).Tasks);
    }

    [Theory]
    [InlineData("not-an-id")]
    [InlineData("019a0000-0000-7000-8000-000000000000")]
    public async Task An_unknown_task_is_not_found(string id)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => host.GetAsync(id));
        Assert.Equal(StatusCode.NotFound, refused.StatusCode);
    }

    [Fact]
    public async Task A_caller_without_a_valid_token_gets_nothing()
    {
        foreach (var headers in new[] { new Metadata(), new Metadata { { "authorization", "Bearer nonsense" } } })
        {
            var refused = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.GetMetricsAsync(new GetMetricsRequest(), headers, cancellationToken: Cancelled));
            Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
        }
    }

    [Fact]
    public async Task The_list_is_newest_first_and_paged_by_cursor()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Insert(0, (await host.CreateAsync(1)).Task.Id);
        }

        var first = await host.Client.ListAsync(new ListTasksRequest { Limit = 3 }, host.As("ada"), cancellationToken: Cancelled);
        var second = await host.Client.ListAsync(new ListTasksRequest { Limit = 3, Cursor = first.NextCursor }, host.As("ada"), cancellationToken: Cancelled);
        Assert.Equal(ids, first.Tasks.Concat(second.Tasks).Select(task => task.Id));
        Assert.Equal("", second.NextCursor);
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.ListAsync(new ListTasksRequest { Cursor = "x" }, host.As("ada"), cancellationToken: Cancelled));
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
    }

    [Fact]
    public async Task Too_many_tasks_in_a_minute_are_refused_with_a_time_to_try_again()
    {
        await using var strict = await TasksHost.StartAsync(new MemoryStore(), runner.Address, Cancelled, ("DATAGEN_TASKS_PER_MINUTE", "2"));
        await strict.CreateAsync(1);
        await strict.CreateAsync(1);
        var refused = await Assert.ThrowsAsync<RpcException>(() => strict.CreateAsync(1));
        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        Assert.InRange(refused.GetRpcStatus()!.GetDetail<Google.Rpc.RetryInfo>()!.RetryDelay.ToTimeSpan(), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        await strict.CreateAsync(1, owner: "bob");
    }

    [Fact]
    public async Task Watching_shows_the_progress_and_ends_with_the_end()
    {
        var goOn = new TaskCompletionSource();
        runner.Before = (index, _) => index < 3 ? Task.CompletedTask : goOn.Task;
        var id = (await host.CreateAsync(6)).Task.Id;
        using var call = host.Client.Watch(new WatchTaskRequest { Id = id }, host.As("ada"), cancellationToken: Cancelled);
        var seen = new List<TaskProgress>();
        await foreach (var progress in call.ResponseStream.ReadAllAsync(Cancelled))
        {
            seen.Add(progress);
            if (progress.Task.Completed == 3)
            {
                goOn.TrySetResult();
            }
        }

        Assert.Equal(TaskStatus.Succeeded, seen[^1].Task.Status);
        Assert.Equal([(0, 5)], seen[^1].Good.Select(range => (range.First, range.Last)));
        Assert.Empty(seen[^1].InFlight);
        Assert.Contains(seen, progress => progress.Task.Completed == 3 && progress.InFlight.Any(record => record.Index == 3));
        Assert.Equal(seen.Select(progress => progress.Version).Order(), seen.Select(progress => progress.Version));
    }

    [Fact]
    public async Task Records_can_be_read_by_index_and_newest_first()
    {
        var id = (await host.CreateAsync(30)).Task.Id;
        await host.EndAsync(id, Cancelled);
        var page = await host.Client.ListRecordsAsync(new ListRecordsRequest { Id = id, Offset = 10, Limit = 5 }, host.As("ada"), cancellationToken: Cancelled);
        Assert.Equal((30, "10,11,12,13,14"), (page.Total, string.Join(',', page.Items.Select(record => record.Index))));
        var newest = await host.Client.ListRecordsAsync(new ListRecordsRequest { Id = id, Offset = 1, Limit = 3, Order = RecordOrder.Newest }, host.As("ada"), cancellationToken: Cancelled);
        Assert.Equal("28,27,26", string.Join(',', newest.Items.Select(record => record.Index.ToString(CultureInfo.InvariantCulture))));
        Assert.Empty((await host.Client.ListRecordsAsync(new ListRecordsRequest { Id = id, Offset = 30 }, host.As("ada"), cancellationToken: Cancelled)).Items);
    }

    [Fact]
    public async Task An_unfinished_task_is_exported_only_when_a_part_will_do()
    {
        runner.Before = (index, token) => index < 4 ? Task.CompletedTask : Task.Delay(Timeout.Infinite, token);
        var id = (await host.CreateAsync(10)).Task.Id;
        await Eventually.GetAsync(() => host.GetAsync(id), detail => detail.Task.Completed == 4);
        var refused = await Assert.ThrowsAsync<RpcException>(() => host.ExportAsync(id, ExportFormat.Json));
        Assert.Equal(StatusCode.FailedPrecondition, refused.StatusCode);
        Assert.Equal(4, JsonDocument.Parse(await host.ExportAsync(id, ExportFormat.Json, partial: true)).RootElement.GetArrayLength());
    }
}
