using DataGen.Tasks.Failures;
using DataGen.Tasks.Model;
using Orleans.Concurrency;

namespace DataGen.Tasks.Users;

/// <summary>A user's list of tasks; its key is the canonical username.</summary>
internal interface IUserTasksGrain : IGrainWithStringKey
{
    /// <summary>Counts one creation. Null when it is allowed, else how long to wait.</summary>
    Task<TimeSpan?> ReserveCreationAsync();

    /// <summary>Notes a task's state, in the list and in the counters; stored soon.</summary>
    Task ReportAsync(TaskSnapshot task);

    /// <summary>Notes a task's state, and returns when the list and the counters are stored.</summary>
    /// <exception cref="StoreUnavailableException">The store did not confirm it.</exception>
    Task SettleAsync(TaskSnapshot task);

    /// <summary>Removes a deleted task from the list and the counters, and returns when that is stored.</summary>
    /// <exception cref="StoreUnavailableException">The store did not confirm it.</exception>
    Task RemoveAsync(string taskId);

    /// <summary>At most <paramref name="limit"/> tasks that a filter admits, in its order, starting after the task
    /// <paramref name="after"/> (null: from the first).</summary>
    [ReadOnly]
    Task<TaskPage> ListAsync(TaskFilter filter, int limit, string? after);
}
