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

    // Higher than the number of any earlier activation.
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

    // The list and the counters may be stored in any order: until both are stored, the task stays noted as active and
    // settles again.
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

    public async Task<TaskPage> ListAsync(TaskFilter filter, int limit, string? after)
    {
        var sort = filter.Sort ?? TaskSort.NewestFirst;
        TaskSnapshot[] wanted = [.. sort.Of((await LoadAsync()).Values.Where(filter.Admits))];
        var start = after is null ? 0 : StartBehind(TaskCursor.Parse(after)!, wanted, sort);
        var end = Math.Min(start + limit, wanted.Length);
        return new TaskPage(
            wanted[start..end],
            wanted.Length,
            end < wanted.Length,
            end < wanted.Length && end > start
                ? new TaskCursor(
                    wanted[end - 1].Definition.Id,
                    sort.Key is TaskSortKey.CreatedAt ? 0 : end - 1
                ).ToString()
                : null
        );
    }

    /// <summary>The index at which the page after a cursor begins. When the cursor's task is gone, or is no longer
    /// admitted, the tasks after it have moved up to its place.</summary>
    private static int StartBehind(TaskCursor cursor, TaskSnapshot[] wanted, TaskSort sort)
    {
        if (sort.Key is TaskSortKey.CreatedAt)
        {
            var behind = Array.FindIndex(
                wanted,
                task =>
                    string.CompareOrdinal(task.Definition.Id, cursor.Id) is var order && sort.IsDescending
                        ? order < 0
                        : order > 0
            );
            return behind < 0 ? wanted.Length : behind;
        }

        var at = Array.FindIndex(wanted, task => task.Definition.Id == cursor.Id);
        return at < 0 ? Math.Min(cursor.Position, wanted.Length) : at + 1;
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
