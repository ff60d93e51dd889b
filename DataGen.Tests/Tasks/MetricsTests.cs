using System.Globalization;
using System.Text.Json;
using DataGen.Contracts;
using DataGen.Tasks.Metrics;
using DataGen.Tasks.Model;

namespace DataGen.Tests.Tasks;

/// <summary>The counters are the fold over the tasks that exist, and what is stored for them grows with the users, not
/// with the tasks.</summary>
public sealed class MetricsTests : TasksServiceTest
{
    private const string ByUser = "datagen:metrics:users";
    private const string ByTask = "datagen:metrics:tasks";

    [Fact]
    public async Task What_is_stored_for_the_counters_has_a_field_per_user_and_none_per_task()
    {
        await MakeAsync(("ada", 3), ("ada", 4), ("bob", 5), ("ada", 6));
        Assert.Equal(["ada", "bob"], Store.PeekAll(ByUser).Keys.Order());
        Assert.Empty(Store.PeekAll(ByTask));
        Assert.Equal((4, 18, 18, 0, 0), Numbers(await Host.MetricsAsync()));
        Assert.Equal((4, 18, 18, 0, 0), Stored(Store));

        await using var again = await TasksHost.StartAsync(Store, Runner.Address, Cancelled);
        Store.Read.Clear();
        Assert.Equal((4, 18, 18, 0, 0), Numbers(await again.MetricsAsync()));
        Assert.DoesNotContain(Store.Read, key => key.StartsWith("datagen:user:", StringComparison.Ordinal));
        Assert.DoesNotContain(Store.Read, key => key.StartsWith("datagen:task:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_report_that_a_later_one_overtook_on_its_way_changes_nothing()
    {
        var metrics = Host.Grains.GetGrain<IMetricsGrain>(0);
        var (one, two) = (new MetricsTotals(1, 10, 5, 1, 0, null), new MetricsTotals(1, 10, 10, 0, 0, null));
        await metrics.SettleAsync(new UserContribution("ada", 2, two));
        await metrics.SettleAsync(new UserContribution("ada", 1, one));
        Assert.Equal(two, await metrics.GetAsync());
        Assert.Equal((1, 10, 10, 0, 0), Stored(Store));

        await metrics.SettleAsync(new UserContribution("ada", 3, one));
        Assert.Equal(one, await metrics.GetAsync());
    }

    [Fact]
    public async Task The_newest_task_of_all_users_says_when_there_was_one_last_also_when_it_is_deleted()
    {
        var ids = await MakeAsync(("ada", 1), ("bob", 1));
        var created = await Task.WhenAll(Host.GetAsync(ids[0]), Host.GetAsync(ids[1], "bob"));
        Assert.Equal(created[1].Task.CreatedAt, (await Host.MetricsAsync()).LastJobAt);
        await Host.Client.DeleteAsync(new TaskReference { Id = ids[1] }, Host.As("bob"), cancellationToken: Cancelled);
        await Eventually.TrueAsync(() => Store.PeekAll("datagen:tasks:active").Count == 0);
        Assert.Equal(created[0].Task.CreatedAt, (await Host.MetricsAsync()).LastJobAt);
        Assert.Equal(
            created[0].Task.CreatedAt.ToDateTime(),
            JsonSerializer.Deserialize<DateTime>(Store.PeekAll("datagen:metrics")["lastJobAt"])
        );
    }

    [Fact]
    public async Task Counters_that_the_version_before_stored_per_task_are_taken_over_once_and_removed()
    {
        var store = await OfTheVersionBeforeAsync();
        await using (var host = await TasksHost.StartAsync(store, Runner.Address, Cancelled))
        {
            Assert.Equal((3, 12, 12, 0, 0), Numbers(await host.MetricsAsync()));
            await Eventually.TrueAsync(() => store.PeekAll(ByTask).Count == 0, "The fields of old are still there.");
            await host.EndAsync((await host.CreateAsync(8, "bob")).Task.Id, Cancelled, "bob");
            await Eventually.TrueAsync(() => store.PeekAll("datagen:tasks:active").Count == 0);
            Assert.Equal((4, 20, 20, 0, 0), Numbers(await host.MetricsAsync()));
            Assert.Equal((4, 20, 20, 0, 0), Stored(store));
        }

        await using var again = await TasksHost.StartAsync(store, Runner.Address, Cancelled);
        Assert.Equal((4, 20, 20, 0, 0), Numbers(await again.MetricsAsync()));
    }

    [Fact]
    public async Task A_process_that_dies_after_any_write_of_the_takeover_leaves_nothing_that_counts_wrong()
    {
        var old = await OfTheVersionBeforeAsync();
        var before = old.Log.Count;
        await using (var host = await TasksHost.StartAsync(old, Runner.Address, Cancelled))
        {
            await host.MetricsAsync();
            await Eventually.TrueAsync(() => old.PeekAll(ByTask).Count == 0);
        }

        for (var writes = before; writes <= old.Log.Count; writes++)
        {
            var store = MemoryStore.After(old.Log, writes);
            await using var host = await TasksHost.StartAsync(store, Runner.Address, Cancelled);
            Assert.True((3, 12, 12, 0, 0) == Numbers(await host.MetricsAsync()), $"After write {writes - before}.");
        }
    }

    [Fact]
    public async Task An_unfinished_task_of_the_version_before_is_finished_and_counted_once()
    {
        Runner.Before = (index, token) => index < 2 ? Task.CompletedTask : Task.Delay(Timeout.Infinite, token);
        var id = (await Host.CreateAsync(5)).Task.Id;
        await Eventually.GetAsync(() => Host.GetAsync(id), detail => detail.Task.Completed == 2);
        var store = MemoryStore.After(Store.Log, Store.Log.Count);
        await ForgetUsersAsync(store);
        await WriteAsync(store, id, requested: 5, generated: 2, active: true);

        Runner.Before = (_, _) => Task.CompletedTask;
        await using var host = await TasksHost.StartAsync(store, Runner.Address, Cancelled);
        await host.EndAsync(id, Cancelled);
        await Eventually.TrueAsync(() => store.PeekAll("datagen:tasks:active").Count == 0);
        Assert.Equal((1, 5, 5, 0, 0), Numbers(await host.MetricsAsync()));
        Assert.Equal((1, 5, 5, 0, 0), Stored(store));
    }

    // Three tasks, their counters stored as the previous version stored them, and a field of a task that is gone.
    private async Task<MemoryStore> OfTheVersionBeforeAsync()
    {
        (string Owner, int Count)[] tasks = [("ada", 3), ("bob", 4), ("ada", 5)];
        var ids = await MakeAsync(tasks);
        var store = MemoryStore.After(Store.Log, Store.Log.Count);
        await ForgetUsersAsync(store);
        foreach (var (id, (_, count)) in ids.Zip(tasks))
        {
            await WriteAsync(store, id, count, count, active: false);
        }

        await WriteAsync(store, "019a0000-0000-7000-8000-000000000001", 100, 100, active: false);
        return store;
    }

    private static async Task ForgetUsersAsync(MemoryStore store)
    {
        foreach (var user in store.PeekAll(ByUser).Keys)
        {
            await store.HashSetAsync(ByUser, user, null, Cancelled);
        }
    }

    private static Task WriteAsync(MemoryStore store, string id, int requested, int generated, bool active) =>
        store.HashSetAsync(
            ByTask,
            id,
            $$"""{"requested":{{requested}},"generated":{{generated}},"active":{{(active ? "true" : "false")}},"failed":false,"createdAt":"2026-11-20T10:00:00+00:00"}""",
            Cancelled
        );

    private async Task<IReadOnlyList<string>> MakeAsync(params (string Owner, int Count)[] tasks)
    {
        var ids = new List<string>();
        foreach (var (owner, count) in tasks)
        {
            ids.Add((await Host.CreateAsync(count, owner)).Task.Id);
            await Host.EndAsync(ids[^1], Cancelled, owner);
        }

        await Eventually.TrueAsync(() => Store.PeekAll("datagen:tasks:active").Count == 0);
        return ids;
    }

    private static (long, long, long, long, long) Numbers(Metrics metrics) =>
        (
            metrics.TotalJobs,
            metrics.TotalRecordsRequested,
            metrics.TotalRecordsGenerated,
            metrics.ActiveJobs,
            metrics.FailedJobs
        );

    private static (long, long, long, long, long) Stored(MemoryStore store)
    {
        var fields = store.PeekAll("datagen:metrics");
        return (
            Number("totalJobs"),
            Number("totalRecordsRequested"),
            Number("totalRecordsGenerated"),
            Number("activeJobs"),
            Number("failedJobs")
        );

        long Number(string name) => long.Parse(fields[name], CultureInfo.InvariantCulture);
    }
}
