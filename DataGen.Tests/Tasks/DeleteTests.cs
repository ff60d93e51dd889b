using DataGen.Contracts;
using Grpc.Core;

namespace DataGen.Tests.Tasks;

/// <summary>A deleted task is gone: for every caller at once, and from the store.</summary>
public sealed class DeleteTests : TasksServiceTest
{
    private static readonly (string Name, string Value)[] SmallShards =
    [
        ("DATAGEN_RECORDS_PER_SHARD", "2000"),
        ("DATAGEN_MAX_RECORDS_PER_JOB", "20000"),
    ];

    [Fact]
    public async Task Nothing_is_left_of_a_deleted_task_and_the_others_stay()
    {
        var kept = (await Host.CreateAsync(4)).Task.Id;
        await Host.EndAsync(kept, Cancelled);
        var id = (await Host.CreateAsync(30)).Task.Id;
        await Host.EndAsync(id, Cancelled);
        var segments = Store.PeekAll($"datagen:task:{id}:segments");

        // What a process that had lost the task wrote late.
        await Store.HashSetAsync($"datagen:task:{id}:segments", $"0-{segments.Count}", segments["0-0"], Cancelled);
        await Store.HashSetAsync($"datagen:task:{id}:segments", "1-0", segments["0-0"], Cancelled);
        await DeleteAsync(Host, id);
        await Eventually.TrueAsync(() => NothingLeft(Store, id), "Not all was removed.");
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => Host.GetAsync(id))).StatusCode);
        Assert.Equal(
            StatusCode.NotFound,
            (await Assert.ThrowsAsync<RpcException>(() => DeleteAsync(Host, id))).StatusCode
        );
        var list = await Host.Client.ListAsync(new ListTasksRequest(), Host.As("ada"), cancellationToken: Cancelled);
        Assert.Equal((kept, 1), (list.Tasks.Single().Id, list.Total));
        var metrics = await Host.MetricsAsync();
        Assert.Equal(
            (1, 4, 4, 0),
            (metrics.TotalJobs, metrics.TotalRecordsRequested, metrics.TotalRecordsGenerated, metrics.ActiveJobs)
        );
        Assert.Equal("4", Store.PeekAll("datagen:metrics")["totalRecordsGenerated"]);
    }

    [Fact]
    public async Task A_task_at_work_is_stopped_and_removed()
    {
        Runner.Before = (index, token) => index < 8 ? Task.CompletedTask : Task.Delay(Timeout.Infinite, token);
        var id = (await Host.CreateAsync(12)).Task.Id;
        await Eventually.GetAsync(() => Host.GetAsync(id), detail => detail.Task.Completed == 8);
        await DeleteAsync(Host, id);
        await Eventually.TrueAsync(() => Runner.OpenLeases == 0);
        await Eventually.TrueAsync(() => NothingLeft(Store, id), "Not all was removed.");
        Assert.Equal(0, (await Host.MetricsAsync()).TotalJobs);
    }

    [Fact]
    public async Task A_large_task_at_work_is_stopped_and_removed_with_its_shards()
    {
        var store = new MemoryStore();
        await using var host = await TasksHost.StartAsync(store, Runner.Address, Cancelled, SmallShards);
        Runner.Before = (index, token) => index % 1800 < 700 ? Task.CompletedTask : Task.Delay(Timeout.Infinite, token);
        var id = (await host.CreateAsync(9000)).Task.Id;
        await Eventually.GetAsync(() => host.GetAsync(id), detail => detail.Task.Completed == 3500);
        await DeleteAsync(host, id);
        await Eventually.TrueAsync(() => Runner.OpenLeases == 0);
        await Eventually.TrueAsync(() => NothingLeft(store, id), "Not all was removed.");
    }

    [Fact]
    public async Task A_deletion_the_store_does_not_confirm_is_refused_and_the_task_goes_on()
    {
        Runner.Before = (index, token) => index < 3 ? Task.CompletedTask : Task.Delay(100, token);
        var id = (await Host.CreateAsync(6)).Task.Id;
        await Eventually.GetAsync(() => Host.GetAsync(id), detail => detail.Task.Completed >= 3);
        Store.OnWrite = key => key.StartsWith("datagen:tasks:active", StringComparison.Ordinal) ? ("no", false) : null;
        Assert.Equal(
            StatusCode.Unavailable,
            (await Assert.ThrowsAsync<RpcException>(() => DeleteAsync(Host, id))).StatusCode
        );
        Store.OnWrite = _ => null;
        Assert.Equal(6, (await Host.EndAsync(id, Cancelled)).Task.Completed);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(4500)]
    public async Task A_deletion_whose_process_dies_after_any_write_is_finished(int count)
    {
        var store = new MemoryStore();
        IReadOnlyList<(string Key, string? Value)> log;
        string id;
        int before;
        await using (var host = await TasksHost.StartAsync(store, Runner.Address, Cancelled, SmallShards))
        {
            id = (await host.CreateAsync(count)).Task.Id;
            await host.EndAsync(id, Cancelled);
            await Eventually.TrueAsync(() => store.PeekAll("datagen:tasks:active").Count == 0);
            before = store.Log.Count;
            await DeleteAsync(host, id);
            await Eventually.TrueAsync(() => NothingLeft(store, id), "Not all was removed.");
            log = store.Log;
        }

        // The first two writes accept the deletion; of those that follow, some are enough.
        for (var writes = before + 2; writes <= log.Count; writes += Math.Max(1, (log.Count - before) / 8))
        {
            var left = MemoryStore.After(log, writes);
            await using var next = await TasksHost.StartAsync(left, Runner.Address, Cancelled, SmallShards);
            await Eventually.TrueAsync(() => NothingLeft(left, id), $"Not all was removed after write {writes}.");
            Assert.Equal(0, (await next.MetricsAsync()).TotalJobs);
            Assert.Empty(
                (
                    await next.Client.ListAsync(new ListTasksRequest(), next.As("ada"), cancellationToken: Cancelled)
                ).Tasks
            );
        }
    }

    private static bool NothingLeft(MemoryStore store, string id) =>
        !store.Keys.Any(key => key.Contains(id, StringComparison.Ordinal));

    private static async Task DeleteAsync(TasksHost host, string id) =>
        await host.Client.DeleteAsync(new TaskReference { Id = id }, host.As("ada"), cancellationToken: Cancelled);
}
