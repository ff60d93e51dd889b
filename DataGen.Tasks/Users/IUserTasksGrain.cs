using DataGen.Tasks.Failures;
using DataGen.Tasks.Model;
using Orleans.Concurrency;

namespace DataGen.Tasks.Users;

/// <summary>A user's list of tasks; its key is the canonical username.</summary>
internal interface IUserTasksGrain : IGrainWithStringKey
{
    /// <summary>Counts one creation; null when it is allowed, else how long to wait.</summary>
    Task<TimeSpan?> ReserveCreationAsync();

    /// <summary>Notes how a task stands, in the list and in the counters; stored soon.</summary>
    Task ReportAsync(TaskSnapshot task);

    /// <summary>The same, and returns when both are stored.</summary>
    /// <exception cref="StoreUnavailableException">The store did not confirm it.</exception>
    Task SettleAsync(TaskSnapshot task);

    /// <summary>Leaves a deleted task out of both from now on, and returns when that is stored.</summary>
    /// <exception cref="StoreUnavailableException">The store did not confirm it.</exception>
    Task RemoveAsync(string taskId);

    /// <summary>At most <paramref name="limit"/> tasks of those a filter admits, in its order, from behind the task
    /// <paramref name="after"/> on (null: from the first).</summary>
    [ReadOnly]
    Task<TaskPage> ListAsync(TaskFilter filter, int limit, string? after);
}
