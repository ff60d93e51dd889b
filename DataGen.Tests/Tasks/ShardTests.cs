using System.Globalization;
using System.Text.Json;
using DataGen.Contracts;
using Grpc.Core;

namespace DataGen.Tests.Tasks;

/// <summary>A large task is cut into shards that are made side by side, and is one task to everybody who looks at
/// it.</summary>
public sealed class ShardTests : IAsyncLifetime
{
    private const int Count = 9_000;
    private static readonly (string Name, string Value)[] Settings =
    [
        ("DATAGEN_RECORDS_PER_SHARD", "2000"),
        ("DATAGEN_MAX_RECORDS_PER_JOB", "20000"),
    ];
    private readonly MemoryStore store = new();
    private FakeRunner runner = null!;
    private TasksHost host = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        runner = await FakeRunner.StartAsync(Cancelled);
        host = await TasksHost.StartAsync(store, runner.Address, Cancelled, Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await runner.DisposeAsync();
    }

    [Fact]
    public async Task A_large_task_is_made_in_shards_of_contiguous_records_each_index_once()
    {
        runner.Make = index => index % 1000 == 7 ? "!cut off" : $$"""{"id":{{index}}}""";
        var id = (await host.CreateAsync(Count)).Task.Id;
        var ended = await host.EndAsync(id, Cancelled);
        Assert.Equal(
            (GenerationTaskStatus.Succeeded, Count, 9),
            (ended.Task.Status, ended.Task.Completed, ended.Task.Failures)
        );
        Assert.Equal([7, 1007, 2007, 3007, 4007, 5007, 6007, 7007, 8007], ended.Errors.Select(error => error.Index));
        Assert.Equal(
            [
                new ErrorGroup
                {
                    Message = "cut off",
                    Count = 9,
                    FirstIndex = 7,
                },
            ],
            ended.ErrorGroups
        );
        Assert.Equal(5, runner.Requests.Count);
        Assert.All(runner.Requests, request => Assert.Single(request.Ranges));
        Assert.All(runner.Delivered.Values, times => Assert.Equal(1, times));

        var records = await host.RecordsAsync(id);
        Assert.Equal(Enumerable.Range(0, Count), records.Select(record => record.Index));
        var lines = System
            .Text.Encoding.UTF8.GetString(await host.ExportAsync(id, ExportFormat.Jsonl))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            Enumerable.Range(0, Count).Where(index => index % 1000 != 7),
            lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetInt32())
        );
        Assert.Equal(lines.Sum(line => line.Length), ended.Task.DataBytes);
    }

    [Fact]
    public async Task A_page_across_two_shards_and_one_from_the_newest_on_are_right()
    {
        var id = (await host.CreateAsync(Count)).Task.Id;
        await host.EndAsync(id, Cancelled);
        var page = await host.Client.ListRecordsAsync(
            new ListRecordsRequest
            {
                Id = id,
                Offset = 1795,
                Limit = 10,
            },
            host.As("ada"),
            cancellationToken: Cancelled
        );
        Assert.Equal(Enumerable.Range(1795, 10), page.Items.Select(record => record.Index));
        var newest = await host.Client.ListRecordsAsync(
            new ListRecordsRequest
            {
                Id = id,
                Limit = 1000,
                Order = RecordOrder.Newest,
            },
            host.As("ada"),
            cancellationToken: Cancelled
        );
        Assert.Equal((1000, Count), (newest.Items.Select(record => record.Index).Distinct().Count(), newest.Total));
        var storedAt = store
            .PeekAll($"datagen:task:{id}:segments")
            .Values.Select(segment => JsonDocument.Parse(segment).RootElement)
            .SelectMany(segment =>
                segment
                    .GetProperty("records")
                    .EnumerateArray()
                    .Select(item =>
                        (Index: item.GetProperty("i").GetInt32(), At: segment.GetProperty("at").GetDateTimeOffset())
                    )
            )
            .ToDictionary(record => record.Index, record => record.At);
        Assert.Equal(
            newest.Items.Select(record => storedAt[record.Index]).OrderDescending(),
            newest.Items.Select(record => storedAt[record.Index])
        );
    }

    [Fact]
    public async Task Its_progress_counts_records_by_cells_and_adds_up()
    {
        runner.Before = (index, token) => index % 1800 < 900 ? Task.CompletedTask : Task.Delay(Timeout.Infinite, token);
        var id = (await host.CreateAsync(Count)).Task.Id;
        await Eventually.GetAsync(() => host.GetAsync(id), detail => detail.Task.Completed == Count / 2);
        using var watch = host.Client.Watch(
            new TaskReference { Id = id },
            host.As("ada"),
            cancellationToken: Cancelled
        );
        TaskProgress progress;
        do
        {
            Assert.True(await watch.ResponseStream.MoveNext(Cancelled));
            progress = watch.ResponseStream.Current;
        } while (progress.Cells.Good.Sum() < Count / 2);

        Assert.Equal((9, 1000, 1000), (progress.Cells.Size, progress.Cells.Good.Count, progress.Cells.Failed.Count));
        Assert.Equal(Enumerable.Range(0, 1000).Select(cell => cell % 200 < 100 ? 9 : 0), progress.Cells.Good);
        Assert.Empty(progress.Good);
        Assert.Equal(GenerationTaskStatus.Running, progress.Task.Status);
        Assert.Equal(5, progress.InFlightCount);
    }

    [Fact]
    public async Task A_cancelled_large_task_has_no_lease_left_and_goes_on_when_it_is_retried()
    {
        runner.Before = (index, token) => index % 1800 < 500 ? Task.CompletedTask : Task.Delay(Timeout.Infinite, token);
        var id = (await host.CreateAsync(Count)).Task.Id;
        await Eventually.GetAsync(() => host.GetAsync(id), detail => detail.Task.Completed == 2500);
        var cancelled = await host.Client.CancelAsync(
            new TaskReference { Id = id },
            host.As("ada"),
            cancellationToken: Cancelled
        );
        Assert.Equal((GenerationTaskStatus.Cancelled, 2500), (cancelled.Task.Status, cancelled.Task.Completed));
        await Eventually.TrueAsync(() => runner.OpenLeases == 0);

        runner.Before = (_, _) => Task.CompletedTask;
        var requests = runner.Requests.Count;
        await host.Client.RetryAsync(new RetryTaskRequest { Id = id }, host.As("ada"), cancellationToken: Cancelled);
        var ended = await host.EndAsync(id, Cancelled);
        Assert.Equal(
            (GenerationTaskStatus.Succeeded, Count, 0),
            (ended.Task.Status, ended.Task.Completed, ended.Task.Failures)
        );
        Assert.All(runner.Requests.Skip(requests), request => Assert.True(request.Proven));
        Assert.Equal(
            Count - 2500,
            runner.Requests.Skip(requests).Sum(request => request.Ranges.Sum(range => range.Last - range.First + 1))
        );
        Assert.Equal(Enumerable.Range(0, Count), (await host.RecordsAsync(id)).Select(record => record.Index));
    }

    [Fact]
    public async Task A_fatal_answer_to_one_shard_ends_them_all()
    {
        runner.Before = (_, token) => Task.Delay(Timeout.Infinite, token);
        runner.Fatal = request =>
            request.Ranges[0].First == 3600 ? "The inference server refused the API key (401)." : null;
        var id = (await host.CreateAsync(Count)).Task.Id;
        var ended = await host.EndAsync(id, Cancelled);
        Assert.Equal(
            (GenerationTaskStatus.Failed, "The inference server refused the API key (401)."),
            (ended.Task.Status, ended.Task.FailureReason)
        );
        await Eventually.TrueAsync(() => runner.OpenLeases == 0);
    }

    [Fact]
    public async Task A_shard_whose_first_call_is_rejected_learns_that_others_have_good_records()
    {
        runner.Fatal = request =>
            request.Ranges[0].First == 3600
            && !request.Proven
            && SpinWait.SpinUntil(
                () => store.Keys.Any(key => key.Contains(":segments#", StringComparison.Ordinal)),
                TimeSpan.FromSeconds(20)
            )
                ? "The inference server rejected the call (400)."
                : null;
        var id = (await host.CreateAsync(Count)).Task.Id;
        var ended = await host.EndAsync(id, Cancelled);
        Assert.Equal((GenerationTaskStatus.Succeeded, Count), (ended.Task.Status, ended.Task.Completed));
    }

    [Fact]
    public async Task A_bound_on_its_calls_makes_it_go_shard_by_shard()
    {
        var most = 0;
        runner.Before = (_, _) =>
        {
            most = Math.Max(most, runner.OpenLeases);
            return Task.CompletedTask;
        };
        var created = await host.Client.CreateAsync(
            new CreateTaskRequest
            {
                Spec = new GenerationSpec
                {
                    Prompt = "A customer",
                    Count = Count,
                    Concurrency = 2,
                },
            },
            host.As("ada"),
            cancellationToken: Cancelled
        );
        await host.EndAsync(created.Task.Id, Cancelled);
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task What_a_dead_process_left_is_finished_by_the_next_one_exactly()
    {
        runner.Make = index => index == 4321 ? "!cut off" : $$"""{"id":{{index}}}""";
        runner.Before = (index, token) =>
            index % 1800 < 1000 ? Task.CompletedTask : Task.Delay(Timeout.Infinite, token);
        var id = (await host.CreateAsync(Count)).Task.Id;
        await Eventually.GetAsync(() => host.GetAsync(id), detail => detail.Task.Completed == 5000);
        var log = store.Log;
        runner.Before = (_, _) => Task.CompletedTask;
        foreach (var writes in new[] { log.Count / 3, log.Count * 2 / 3, log.Count })
        {
            var left = MemoryStore.After(log, writes);
            await using var next = await TasksHost.StartAsync(left, runner.Address, Cancelled, Settings);
            var ended = await next.EndAsync(id, Cancelled);
            Assert.True(
                (GenerationTaskStatus.Succeeded, Count, 1)
                    == (ended.Task.Status, ended.Task.Completed, ended.Task.Failures),
                $"After write {writes}: {ended.Task}"
            );
            Assert.Equal(
                [
                    new ErrorGroup
                    {
                        Message = "cut off",
                        Count = 1,
                        FirstIndex = 4321,
                    },
                ],
                ended.ErrorGroups
            );
            Assert.Equal(Enumerable.Range(0, Count), (await next.RecordsAsync(id)).Select(record => record.Index));
            await Eventually.TrueAsync(() => left.PeekAll("datagen:tasks:active").Count == 0);
            Assert.Equal(
                (Count - 1).ToString(CultureInfo.InvariantCulture),
                left.PeekAll("datagen:metrics")["totalRecordsGenerated"]
            );
        }
    }

    [Fact]
    public async Task An_ended_large_task_looks_the_same_after_a_restart()
    {
        runner.Make = index => index % 3000 == 7 ? "!cut off" : $$"""{"id":{{index}}}""";
        var id = (await host.CreateAsync(Count)).Task.Id;
        var ended = await host.EndAsync(id, Cancelled);
        var progress = await LastAsync(host, id);
        await Eventually.TrueAsync(() => store.PeekAll("datagen:tasks:active").Count == 0);
        await using var next = await TasksHost.StartAsync(store, runner.Address, Cancelled, Settings);
        Assert.Equal(ended, await next.GetAsync(id));
        var again = await LastAsync(next, id);
        again.Version = progress.Version;
        Assert.Equal(progress, again);

        static async Task<TaskProgress> LastAsync(TasksHost host, string id)
        {
            using var watch = host.Client.Watch(
                new TaskReference { Id = id },
                host.As("ada"),
                cancellationToken: Cancelled
            );
            return await watch.ResponseStream.ReadAllAsync(Cancelled).LastAsync(Cancelled);
        }
    }
}
