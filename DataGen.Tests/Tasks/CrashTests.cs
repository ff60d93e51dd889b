using System.Text.Json;
using DataGen.Contracts;

namespace DataGen.Tests.Tasks;

/// <summary>What a process leaves in the store when it dies after any one of its writes is enough to finish the task
/// exactly.</summary>
public sealed class CrashTests
{
    private const int Count = 60;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_task_whose_process_dies_after_any_write_is_finished_with_every_index_once_and_exact_metrics()
    {
        await using var runner = await FakeRunner.StartAsync(Cancelled);
        runner.Before = (index, token) => index % 10 == 9 ? Task.Delay(120, token) : Task.CompletedTask;
        var original = new MemoryStore();
        string id;
        await using (var host = await TasksHost.StartAsync(original, runner.Address, Cancelled))
        {
            id = (await host.CreateAsync(Count)).Task.Id;
            await host.EndAsync(id, Cancelled);
            await Eventually.TrueAsync(() => original.PeekAll("datagen:tasks:active").Count == 0);
        }

        runner.Before = (_, _) => Task.CompletedTask;
        var log = original.Log;
        var acknowledged = 1 + log.ToList().FindIndex(write => write.Key == $"datagen:task:{id}");
        Assert.True(log.Count - acknowledged >= 6, "The run has too few writes to die between.");
        for (var writes = acknowledged; writes <= log.Count; writes++)
        {
            await AssertFinishesAsync(MemoryStore.After(log, writes), runner, id, writes);
        }
    }

    [Fact]
    public async Task A_late_write_of_a_dead_process_is_not_counted()
    {
        await using var runner = await FakeRunner.StartAsync(Cancelled);
        var (store, id) = await LeaveHalfDoneAsync(runner);
        var segments = store.PeekAll($"datagen:task:{id}:segments").Count;
        await using var successor = await TasksHost.StartAsync(store, runner.Address, Cancelled);
        await successor.EndAsync(id, Cancelled);
        await store.HashSetAsync(
            $"datagen:task:{id}:segments",
            $"0-{segments}",
            """{"records":[{"i":7,"ok":true,"data":{"stale":true},"attempts":1,"tokens":{"input":1,"output":1},"ms":1}]}""",
            Cancelled
        );

        var records = await successor.RecordsAsync(id);
        Assert.Equal(Enumerable.Range(0, 10), records.Select(record => record.Index));
        Assert.DoesNotContain(
            records,
            record => record.Data.ToStringUtf8().Contains("stale", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task What_others_wrote_over_one_task_keeps_no_other_from_being_taken_up()
    {
        await using var runner = await FakeRunner.StartAsync(Cancelled);
        var (store, id) = await LeaveHalfDoneAsync(runner);
        for (var i = 0; i < 30; i++)
        {
            var broken = $"019a0000-0000-7000-8000-0000000000{i:00}";
            await store.SetAsync(
                $"datagen:task:{broken}",
                i % 2 == 0
                    ? "{\"id\": not json"
                    : store
                        .Peek($"datagen:task:{id}")!
                        .Replace("\"good\":\"", "\"good\":\"x", StringComparison.Ordinal),
                Cancelled
            );
            await store.HashSetAsync("datagen:tasks:active", broken, "\"ada\"", Cancelled);
            await store.HashSetAsync("datagen:user:ada:tasks", broken, "{", Cancelled);
            await store.HashSetAsync("datagen:metrics:tasks", broken, "[]", Cancelled);
        }

        await using var successor = await TasksHost.StartAsync(store, runner.Address, Cancelled);
        Assert.Equal(10, (await successor.EndAsync(id, Cancelled)).Task.Completed);
        await Eventually.TrueAsync(() => !store.PeekAll("datagen:tasks:active").ContainsKey(id));
        Assert.Equal(
            [id],
            (
                await successor.Client.ListAsync(
                    new ListTasksRequest(),
                    successor.As("ada"),
                    cancellationToken: Cancelled
                )
            ).Tasks.Select(task => task.Id)
        );
        Assert.Equal(1, (await successor.MetricsAsync()).TotalJobs);
        var refused = await Assert.ThrowsAsync<Grpc.Core.RpcException>(() =>
            successor.GetAsync("019a0000-0000-7000-8000-000000000001")
        );
        Assert.Equal(Grpc.Core.StatusCode.Unavailable, refused.StatusCode);
    }

    [Fact]
    public async Task A_creation_that_was_never_confirmed_leaves_nothing_behind()
    {
        await using var runner = await FakeRunner.StartAsync(Cancelled);
        var store = new MemoryStore();
        await store.HashSetAsync("datagen:tasks:active", "019a0000-0000-7000-8000-000000000000", "\"ada\"", Cancelled);
        await using var host = await TasksHost.StartAsync(store, runner.Address, Cancelled);
        await Eventually.TrueAsync(() => store.PeekAll("datagen:tasks:active").Count == 0);
        Assert.Equal(0, (await host.MetricsAsync()).TotalJobs);
    }

    // A store that a process has left with 5 of 10 records done.
    private static async Task<(MemoryStore Store, string Id)> LeaveHalfDoneAsync(FakeRunner runner)
    {
        runner.Before = (index, token) => index < 5 ? Task.CompletedTask : Task.Delay(Timeout.Infinite, token);
        var store = new MemoryStore();
        await using var host = await TasksHost.StartAsync(store, runner.Address, Cancelled);
        var id = (await host.CreateAsync(10)).Task.Id;
        await Eventually.GetAsync(() => host.GetAsync(id), detail => detail.Task.Completed == 5);
        runner.Before = (_, _) => Task.CompletedTask;
        return (store, id);
    }

    private static async Task AssertFinishesAsync(MemoryStore store, FakeRunner runner, string id, int writes)
    {
        await using var host = await TasksHost.StartAsync(store, runner.Address, Cancelled);
        var ended = await host.EndAsync(id, Cancelled);
        Assert.True(
            (GenerationTaskStatus.Succeeded, Count, 0)
                == (ended.Task.Status, ended.Task.Completed, ended.Task.Failures),
            $"After write {writes}: {ended.Task}"
        );
        Assert.Equal(Enumerable.Range(0, Count), (await host.RecordsAsync(id)).Select(record => record.Index));
        Assert.Equal(
            Count,
            JsonDocument.Parse(await host.ExportAsync(id, ExportFormat.Json)).RootElement.GetArrayLength()
        );
        await Eventually.TrueAsync(() => store.PeekAll("datagen:tasks:active").Count == 0);
        var metrics = await host.MetricsAsync();
        Assert.Equal(
            (1, Count, Count, 0, 0),
            (
                metrics.TotalJobs,
                metrics.TotalRecordsRequested,
                metrics.TotalRecordsGenerated,
                metrics.ActiveJobs,
                metrics.FailedJobs
            )
        );
        Assert.Equal($"{Count}", store.PeekAll("datagen:metrics")["totalRecordsGenerated"]);
        Assert.Equal(
            [(id, GenerationTaskStatus.Succeeded)],
            (
                await host.Client.ListAsync(new ListTasksRequest(), host.As("ada"), cancellationToken: Cancelled)
            ).Tasks.Select(task => (task.Id, task.Status))
        );
    }
}
