using DataGen.Tasks.Budgets;
using DataGen.Tasks.Failures;
using DataGen.Tasks.Model;
using Orleans.Concurrency;

namespace DataGen.Tasks.Tasks;

/// <summary>The one owner of a task; its key is the task's id.</summary>
internal interface ITaskGrain : IGrainWithStringKey
{
    /// <summary>Stores a new task and starts it. When this returns, the task survives any crash.</summary>
    /// <exception cref="StoreUnavailableException">The store did not confirm the task; it was not started.</exception>
    Task<TaskDetail> CreateAsync(TaskDefinition definition);

    /// <summary>The task, or null when there is none.</summary>
    [AlwaysInterleave]
    Task<TaskDetail?> GetAsync();

    /// <summary>The task's progress now and after every change, until it has ended; empty when there is no such task.
    /// The stream ends early when the grain loads the task again from the store.</summary>
    [AlwaysInterleave]
    IAsyncEnumerable<TaskProgress> WatchAsync(CancellationToken cancellationToken);

    /// <summary>Where the task's records are stored, or null when there is no such task.</summary>
    [AlwaysInterleave]
    Task<RecordLayout?> GetLayoutAsync();

    /// <summary>Stops the task for good and returns when that is stored; null when there is no such task. An ended task
    /// stays as it is.</summary>
    /// <exception cref="StoreUnavailableException">The task makes no more calls, but the store has not confirmed its
    /// end yet.</exception>
    Task<TaskDetail?> CancelAsync();

    /// <summary>Has the failed and the missing records of an ended task made; null when there is no such task. A task
    /// that has not ended stays as it is.</summary>
    /// <exception cref="StoreUnavailableException">The store did not confirm it; the task stays ended.</exception>
    /// <param name="maxTokens">A new bound of output tokens per record; null: as it was.</param>
    Task<TaskDetail?> RetryAsync(int? maxTokens);

    /// <summary>Has more records of an ended task made, and its failed and missing ones; null when there is no such
    /// task. A task that has not ended stays as it is.</summary>
    /// <param name="extended">The definition with more records.</param>
    /// <exception cref="StoreUnavailableException">The store did not confirm it; the task stays ended.</exception>
    Task<TaskDetail?> ExtendAsync(TaskDefinition extended);

    /// <summary>Changes the task's budget from now on; null when there is no such task. An ended task stays ended until
    /// it is retried.</summary>
    /// <param name="budget">The bounds to change.</param>
    /// <exception cref="StoreUnavailableException">The store did not confirm it.</exception>
    Task<TaskDetail?> SetBudgetAsync(NewBudget budget);

    /// <summary>Notes that people have changed records of the task. False when there is no such task.</summary>
    /// <exception cref="StoreUnavailableException">The store did not confirm it.</exception>
    Task<bool> MarkCuratedAsync();

    /// <summary>Deletes the task. When this returns, no caller sees it any more, whatever happens; the rest is removed
    /// by then or soon. False when there is no such task.</summary>
    /// <exception cref="StoreUnavailableException">The store did not confirm it; the task is still there,
    /// stopped.</exception>
    Task<bool> DeleteAsync();

    /// <summary>Continues the task if it is unfinished and no process works on it; settles it if it ended without being
    /// settled; removes it if it is deleted.</summary>
    /// <param name="forget">Whether an entry without a task is to be removed from the active tasks.</param>
    /// <returns>Whether there is such a task.</returns>
    Task<bool> EnsureRunningAsync(bool forget);
}
