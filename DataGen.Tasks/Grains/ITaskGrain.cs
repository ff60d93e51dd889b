using DataGen.Tasks.Model;
using Orleans.Concurrency;

namespace DataGen.Tasks.Grains;

/// <summary>The one owner of a task; its key is the task's id.</summary>
internal interface ITaskGrain : IGrainWithStringKey
{
    /// <summary>Stores a new task and begins it. When this returns, the task survives any crash.</summary>
    /// <exception cref="StoreUnavailableException">The store did not confirm it; nothing was begun.</exception>
    Task<TaskDetail> CreateAsync(TaskDefinition definition);

    /// <summary>The task, or null when there is none.</summary>
    [AlwaysInterleave]
    Task<TaskDetail?> GetAsync();

    /// <summary>Its progress, or null when there is no such task.</summary>
    [AlwaysInterleave]
    Task<TaskProgress?> GetProgressAsync();

    /// <summary>Which of its records are stored where, or null when there is no such task.</summary>
    [AlwaysInterleave]
    Task<RecordExtent?> GetExtentAsync();

    /// <summary>Stops it for good and returns when that is stored; null when there is no such task. An ended task stays as it is.</summary>
    /// <exception cref="StoreUnavailableException">It makes no more calls, but the store has not confirmed its end yet.</exception>
    Task<TaskDetail?> CancelAsync();

    /// <summary>Goes on with the task if it is unfinished and no process works on it; settles it if it ended unsettled.</summary>
    Task EnsureRunningAsync();
}
