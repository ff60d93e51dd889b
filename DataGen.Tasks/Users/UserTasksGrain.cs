using DataGen.Tasks.Metrics;
using DataGen.Tasks.Model;
using DataGen.Tasks.Settings;
using DataGen.Tasks.Storage;
using Orleans.Concurrency;

namespace DataGen.Tasks.Users;

[Reentrant]
internal sealed class UserTasksGrain(
    TaskStore store,
    TasksOptions options,
    TimeProvider clock,
    ILogger<UserTasksGrain> logger
) : Grain, IUserTasksGrain
{
    private readonly Queue<DateTimeOffset> creations = [];

    // Ids are version 7 UUIDs: their order is the order of creation.
    private SortedDictionary<string, TaskSnapshot>? tasks;
    private SharedLoad<IReadOnlyList<TaskSnapshot>>? load;
    private WriteBehind<TaskSnapshot>? writes;

    // Higher than that of any activation before.
    private long reports = clock.GetUtcNow().ToUnixTimeMilliseconds() * 1024;

    private IMetricsGrain Metrics => GrainFactory.GetGrain<IMetricsGrain>(0);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        writes = new WriteBehind<TaskSnapshot>(
            (taskId, task) =>
                task is null
                    ? store.RemoveUserTaskAsync(this.GetPrimaryKeyString(), taskId, CancellationToken.None)
                    : store.WriteUserTaskAsync(task, CancellationToken.None),
            clock,
            logger
        );
        writes.Schedule(this);
        load = new SharedLoad<IReadOnlyList<TaskSnapshot>>(() =>
            store.ReadUserTasksAsync(this.GetPrimaryKeyString(), CancellationToken.None)
        );
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        writes!.TryFlushAsync();

    public Task<TimeSpan?> ReserveCreationAsync()
    {
        var now = clock.GetUtcNow();
        var minute = TimeSpan.FromMinutes(1);
        while (creations.TryPeek(out var oldest) && oldest <= now - minute)
        {
            creations.Dequeue();
        }

        if (creations.Count >= options.TasksPerMinute)
        {
            return Task.FromResult<TimeSpan?>(creations.Peek() + minute - now);
        }

        creations.Enqueue(now);
        return Task.FromResult<TimeSpan?>(null);
    }

    public async Task ReportAsync(TaskSnapshot task)
    {
        await NoteAsync(task);
        await Metrics.ReportAsync(Contribution());
    }

    // What is stored here and what the counters are told need no order: until both are stored, the task is noted as
    // unfinished and settles again.
    public async Task SettleAsync(TaskSnapshot task)
    {
        await NoteAsync(task);
        await Task.WhenAll(writes!.FlushAsync(task.Definition.Id), Metrics.SettleAsync(Contribution()));
    }

    public async Task RemoveAsync(string taskId)
    {
        (await LoadAsync()).Remove(taskId);
        writes!.Set(taskId, null, soon: true);
        await Task.WhenAll(writes.FlushAsync(taskId), Metrics.SettleAsync(Contribution()));
    }

    public async Task<TaskPage> ListAsync(TaskFilter filter, TaskSort sort, int limit, string? after)
    {
        TaskSnapshot[] wanted = [.. sort.Of((await LoadAsync()).Values.Where(filter.Admits))];
        var start = after is null ? 0 : Array.FindIndex(wanted, task => task.Definition.Id == after) + 1;
        if (after is not null && start == 0 && sort.Key is TaskSortKey.CreatedAt)
        {
            // The page before ended with a task that is gone: what would have followed it.
            start = Array.FindIndex(
                wanted,
                task =>
                    string.CompareOrdinal(task.Definition.Id, after) is var order && sort.IsDescending
                        ? order < 0
                        : order > 0
            );
            start = start < 0 ? wanted.Length : start;
        }

        return new TaskPage([.. wanted.Skip(start).Take(limit)], wanted.Length, wanted.Length - start > limit);
    }

    private async Task NoteAsync(TaskSnapshot task)
    {
        var known = await LoadAsync();
        var shortened = task.WithShortPrompt();
        var moved = !known.TryGetValue(task.Definition.Id, out var before) || before.Status != task.Status;
        known[task.Definition.Id] = shortened;
        writes!.Set(task.Definition.Id, shortened, soon: moved);
    }

    private UserContribution Contribution() =>
        new(this.GetPrimaryKeyString(), ++reports, MetricsTotals.Of(tasks!.Values));

    private async Task<SortedDictionary<string, TaskSnapshot>> LoadAsync()
    {
        if (tasks is null)
        {
            var stored = await load!.RunAsync();
            tasks ??= new SortedDictionary<string, TaskSnapshot>(
                stored.ToDictionary(task => task.Definition.Id),
                Comparer<string>.Create((left, right) => string.CompareOrdinal(right, left))
            );
        }

        return tasks;
    }
}
