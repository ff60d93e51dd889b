using System.Text.Json;
using DataGen.Contracts;

namespace DataGen.Tests.Tasks;

/// <summary>
/// What the previous version stored, copied from a node that it had worked on, is read and continued. That
/// version kept the records of a small task in the task's own document.
/// </summary>
public sealed class EarlierVersionTests : IAsyncLifetime
{
    private const string Owner = "admin";
    private static readonly (string Name, string Value)[] Settings =
    [
        ("DATAGEN_RECORDS_PER_SHARD", "2000"),
        ("DATAGEN_MAX_RECORDS_PER_JOB", "20000"),
    ];
    private readonly MemoryStore store = new();
    private IReadOnlyDictionary<string, string> ids = null!;
    private FakeRunner runner = null!;
    private TasksHost host = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        runner = await FakeRunner.StartAsync(Cancelled);
        ids = await EarlierStore.LoadAsync("EarlierVersion", store, Cancelled);
        host = await TasksHost.StartAsync(store, runner.Address, Cancelled, Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await runner.DisposeAsync();
    }

    [Fact]
    public async Task A_finished_task_is_shown_exported_and_deleted()
    {
        var id = ids["finished"];
        var detail = await host.GetAsync(id, Owner);
        Assert.Equal(
            (GenerationTaskStatus.Succeeded, 12, 0),
            (detail.Task.Status, detail.Task.Completed, detail.Task.Failures)
        );
        Assert.Equal((3888, 238, 514), (detail.Task.Tokens.Input, detail.Task.Tokens.Output, detail.Task.DataBytes));
        Assert.Equal([(0, 11)], (await ProgressAsync(id)).Good.Select(range => (range.First, range.Last)));
        var records = await host.RecordsAsync(id, Owner);
        Assert.Equal(Enumerable.Range(0, 12), records.Select(record => record.Index));
        Assert.Equal(
            records.Select(record => record.Data.ToStringUtf8()),
            JsonDocument
                .Parse(await host.ExportAsync(id, ExportFormat.Json, owner: Owner))
                .RootElement.EnumerateArray()
                .Select(record => record.GetRawText())
        );
        await host.Client.DeleteAsync(new TaskReference { Id = id }, host.As(Owner), cancellationToken: Cancelled);
        await Eventually.TrueAsync(() => !store.Keys.Any(key => key.Contains(id, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_task_with_failures_shows_them_and_is_retried()
    {
        var id = ids["finished with failures"];
        var detail = await host.GetAsync(id, Owner);
        Assert.Equal(
            (GenerationTaskStatus.Succeeded, 12, 4),
            (detail.Task.Status, detail.Task.Completed, detail.Task.Failures)
        );
        Assert.Equal([0, 2, 6, 7], detail.Errors.Select(error => error.Index));
        Assert.Equal(4, Assert.Single(detail.ErrorGroups).Count);
        Assert.Equal(
            [0, 2, 6, 7],
            (await host.RecordsAsync(id, Owner)).Where(record => !record.HasData).Select(record => record.Index)
        );
        await AssertRetryMakesAsync(id, 12, [0, 2, 6, 7]);
    }

    [Fact]
    public async Task A_cancelled_task_keeps_what_it_has_and_is_retried()
    {
        var id = ids["cancelled with gaps"];
        var detail = await host.GetAsync(id, Owner);
        Assert.Equal((GenerationTaskStatus.Cancelled, 6), (detail.Task.Status, detail.Task.Completed));
        Assert.Equal(Enumerable.Range(0, 6), (await host.RecordsAsync(id, Owner)).Select(record => record.Index));
        await AssertRetryMakesAsync(id, 30, Enumerable.Range(6, 24));
    }

    [Fact]
    public async Task A_failed_task_says_why_and_is_retried()
    {
        var id = ids["failed"];
        var detail = await host.GetAsync(id, Owner);
        Assert.Equal(
            (GenerationTaskStatus.Failed, 0, "The inference server asks for an API key (unauthorized)."),
            (detail.Task.Status, detail.Task.Completed, detail.Task.FailureReason)
        );
        await AssertRetryMakesAsync(id, 5, Enumerable.Range(0, 5));
    }

    [Fact]
    public async Task A_cancelled_task_of_several_shards_is_retried()
    {
        var id = ids["large cancelled"];
        var detail = await host.GetAsync(id, Owner);
        Assert.Equal(GenerationTaskStatus.Cancelled, detail.Task.Status);
        var had = (await host.RecordsAsync(id, Owner)).Select(record => record.Index).ToHashSet();
        Assert.Equal(detail.Task.Completed, had.Count);
        await AssertRetryMakesAsync(id, 4500, Enumerable.Range(0, 4500).Except(had));
    }

    [Theory]
    [InlineData("running", 40)]
    [InlineData("large running", 4500)]
    public async Task A_task_that_ran_goes_on_with_what_is_missing(string name, int count)
    {
        var id = ids[name];
        var segments = store
            .Log.Take(store.Log.Count)
            .Where(write => write.Key.StartsWith($"datagen:task:{id}:segments#", StringComparison.Ordinal))
            .ToArray();
        var ended = await host.EndAsync(id, Cancelled, Owner);
        Assert.Equal(
            (GenerationTaskStatus.Succeeded, count, 0),
            (ended.Task.Status, ended.Task.Completed, ended.Task.Failures)
        );
        var records = await host.RecordsAsync(id, Owner);
        Assert.Equal(Enumerable.Range(0, count), records.Select(record => record.Index));
        Assert.NotEmpty(segments);
        Assert.Contains(records, record => !record.Data.ToStringUtf8().Contains("Zoë", StringComparison.Ordinal));
        Assert.Equal(count, records.Select(record => record.Data.ToStringUtf8()).Count(data => data.Length > 0));
    }

    [Fact]
    public async Task A_task_that_ran_is_finished_exactly_after_a_crash_at_any_write()
    {
        var id = ids["running"];
        await host.EndAsync(id, Cancelled, Owner);
        await Eventually.TrueAsync(() => store.PeekAll("datagen:tasks:active").Count == 0);
        var log = store.Log;
        var writes = log.Select((write, at) => (write.Key, At: at + 1))
            .Where(write => write.Key.Contains(id, StringComparison.Ordinal))
            .Select(write => write.At)
            .TakeLast(6);
        foreach (var at in writes)
        {
            var left = MemoryStore.After(log, at);
            await using var next = await TasksHost.StartAsync(left, runner.Address, Cancelled, Settings);
            var ended = await next.EndAsync(id, Cancelled, Owner);
            Assert.True(
                (GenerationTaskStatus.Succeeded, 40, 0)
                    == (ended.Task.Status, ended.Task.Completed, ended.Task.Failures),
                $"After write {at}: {ended.Task}"
            );
            Assert.Equal(Enumerable.Range(0, 40), (await next.RecordsAsync(id, Owner)).Select(record => record.Index));
        }
    }

    [Fact]
    public async Task The_list_and_the_counters_know_every_task()
    {
        var list = await host.Client.ListAsync(new ListTasksRequest(), host.As(Owner), cancellationToken: Cancelled);
        Assert.Equal(ids.Values.Order(), list.Tasks.Select(task => task.Id).Order());
        Assert.Equal(ids.Keys.Order(), list.Tasks.Select(task => task.Title).Order());
        Assert.Equal(7, (await host.MetricsAsync()).TotalJobs);
    }

    [Fact]
    public async Task An_ended_task_shown_by_cells_has_its_picture_and_its_records_and_a_retry_makes_only_the_rest()
    {
        var id = await StoreTaskShownByCellsAsync("cancelled");
        var detail = await host.GetAsync(id, Owner);
        Assert.Equal(
            (GenerationTaskStatus.Cancelled, 1510, 10),
            (detail.Task.Status, detail.Task.Completed, detail.Task.Failures)
        );
        var cells = (await ProgressAsync(id)).Cells;
        Assert.Equal((1500, 10), (cells.Good.Sum(), cells.Failed.Sum()));
        using var exported = JsonDocument.Parse(
            await host.ExportAsync(id, ExportFormat.Json, partial: true, owner: Owner)
        );
        Assert.Equal(1500, exported.RootElement.GetArrayLength());
        await AssertRetryMakesAsync(id, 2500, Enumerable.Range(1500, 1000));
    }

    [Fact]
    public async Task A_running_task_shown_by_cells_goes_on_with_what_is_missing()
    {
        var id = await StoreTaskShownByCellsAsync("running");
        var ended = await host.EndAsync(id, Cancelled, Owner);
        Assert.Equal(
            (GenerationTaskStatus.Succeeded, 2500, 10),
            (ended.Task.Status, ended.Task.Completed, ended.Task.Failures)
        );
        Assert.Equal(Enumerable.Range(1510, 990), RequestedOf(id));
        Assert.Equal(Enumerable.Range(0, 2500), (await host.RecordsAsync(id, Owner)).Select(record => record.Index));
    }

    /// <summary>A task of 2,500 records as the previous version stored it, when a shard could have as many: records
    /// 0 to 1499 are good, 1500 to 1509 failed, the rest is missing.</summary>
    private async Task<string> StoreTaskShownByCellsAsync(string status)
    {
        var id = Guid.CreateVersion7().ToString();
        var records = string.Join(
            ',',
            Enumerable
                .Range(0, 1510)
                .Select(index =>
                    index < 1500
                        ? $$"""{"i":{{index}},"ok":true,"data":{"n":{{index}}},"attempts":1,"tokens":{"input":3,"output":2},"ms":5}"""
                        : $$"""{"i":{{index}},"ok":false,"error":"No.","attempts":6,"tokens":{"input":3,"output":2},"ms":5}"""
                )
        );
        await store.HashSetAsync(
            $"datagen:task:{id}:segments",
            "0-0",
            $$"""{"at":"2026-11-25T02:00:01Z","records":[{{records}}]}""",
            Cancelled
        );
        await store.SetAsync(
            $"datagen:task:{id}",
            $$"""
            {"id":"{{id}}","owner":"{{Owner}}","title":"cells","prompt":"A number","count":2500,"createdAt":"2026-11-25T02:00:00+00:00",
            "startedAt":"2026-11-25T02:00:00+00:00","status":"{{status}}","completed":1510,"failures":10,"tokens":{"input":4530,"output":3020},
            "good":"0-1499","failed":"1500-1509","epochs":[{"epoch":0,"segments":1}],"errors":[{"index":1500,"message":"No."}],"run":0,
            "dataBytes":9000,"lastStoredAt":"2026-11-25T02:00:01+00:00","errorCounts":[{"message":"No.","count":10,"first":1500}],"deleted":false}
            """,
            Cancelled
        );
        return id;
    }

    private IEnumerable<int> RequestedOf(string id) =>
        runner
            .Requests.Where(request => request.TaskId == id)
            .SelectMany(request =>
                request.Ranges.SelectMany(range => Enumerable.Range(range.First, range.Last - range.First + 1))
            )
            .Order();

    private async Task AssertRetryMakesAsync(string id, int count, IEnumerable<int> missing)
    {
        var before = (await host.RecordsAsync(id, Owner))
            .Where(record => record.HasData)
            .ToDictionary(record => record.Index);
        await host.Client.RetryAsync(new RetryTaskRequest { Id = id }, host.As(Owner), cancellationToken: Cancelled);
        var ended = await host.EndAsync(id, Cancelled, Owner);
        Assert.Equal(
            (GenerationTaskStatus.Succeeded, count, 0),
            (ended.Task.Status, ended.Task.Completed, ended.Task.Failures)
        );
        Assert.Equal(missing, RequestedOf(id));
        var records = await host.RecordsAsync(id, Owner);
        Assert.Equal(Enumerable.Range(0, count), records.Select(record => record.Index));
        Assert.All(before, record => Assert.Equal(record.Value, records[record.Key]));
    }

    private async Task<TaskProgress> ProgressAsync(string id)
    {
        using var watch = host.Client.Watch(
            new TaskReference { Id = id },
            host.As(Owner),
            cancellationToken: Cancelled
        );
        Assert.True(await watch.ResponseStream.MoveNext(Cancelled));
        return watch.ResponseStream.Current;
    }
}
