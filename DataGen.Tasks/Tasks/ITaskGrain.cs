using DataGen.Tasks.Budgets;
using DataGen.Tasks.Failures;
using DataGen.Tasks.Model;
using Orleans.Concurrency;

namespace DataGen.Tasks.Tasks;

/// <summary>The one owner of a task; its key is the task's id.</summary>
internal interface ITaskGrain : IGrainWithStringKey
{
    /// <summary>Stores a new task and begins it. When this returns, the task survives any crash.</summary>
    /// <exception cref="StoreUnavailableException">The store did not confirm it; nothing was begun.</exception>
    Task<TaskDetail> CreateAsync(TaskDefinition definition);

    /// <summary>The task, or null when there is none.</summary>
    [AlwaysInterleave]
    Task<TaskDetail?> GetAsync();

    /// <summary>Its progress now and after every change, until it has ended; empty when there is no such task. The
    /// stream ends early when the grain begins again from what is stored.</summary>
    [AlwaysInterleave]
    IAsyncEnumerable<TaskProgress> WatchAsync(CancellationToken cancellationToken);

    /// <summary>Where its records are stored, or null when there is no such task.</summary>
    [AlwaysInterleave]
    Task<RecordLayout?> GetLayoutAsync();

    /// <summary>Stops it for good and returns when that is stored; null when there is no such task. An ended task stays
    /// as it is.</summary>
    /// <exception cref="StoreUnavailableException">It makes no more calls, but the store has not confirmed its end
    /// yet.</exception>
    Task<TaskDetail?> CancelAsync();

    /// <summary>Has the failed and the missing records of an ended task made; null when there is no such task. Any
    /// other task stays as it is.</summary>
    /// <exception cref="StoreUnavailableException">The store did not confirm it; the task stays ended.</exception>
    /// <param name="maxTokens">A new bound of output tokens per record; null: as it was.</param>
    Task<TaskDetail?> RetryAsync(int? maxTokens);

    /// <summary>Has more records of an ended task made, and those that failed or are missing; null when there is no such
    /// task. Any other task stays as it is.</summary>
    /// <param name="extended">What is asked for now: the same with more records.</param>
    /// <exception cref="StoreUnavailableException">The store did not confirm it; the task stays ended.</exception>
    Task<TaskDetail?> ExtendAsync(TaskDefinition extended);

    /// <summary>Sets what it may cost from now on; null when there is no such task. An ended task stays ended until it is
    /// retried.</summary>
    /// <param name="budget">What takes the place of what was there.</param>
    /// <exception cref="StoreUnavailableException">The store did not confirm it.</exception>
    Task<TaskDetail?> SetBudgetAsync(NewBudget budget);

    /// <summary>From now on it is known that people have touched its records. False when there is no such task.</summary>
    /// <exception cref="StoreUnavailableException">The store did not confirm it.</exception>
    Task<bool> MarkCuratedAsync();

    /// <summary>Removes it. When this returns it is there for nobody, whatever happens; what is kept of it is removed
    /// by then or soon. False when there is no such task.</summary>
    /// <exception cref="StoreUnavailableException">The store did not confirm it; the task is still there,
    /// stopped.</exception>
    Task<bool> DeleteAsync();

    /// <summary>Goes on with the task if it is unfinished and no process works on it; settles it if it ended unsettled;
    /// removes it if it is deleted.</summary>
    /// <param name="forget">Whether an entry without a task is to be taken off the active ones.</param>
    /// <returns>Whether there is such a task.</returns>
    Task<bool> EnsureRunningAsync(bool forget);
}
