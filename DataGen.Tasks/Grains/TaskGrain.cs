using DataGen.Ratio1.CStore;
using DataGen.Tasks.Model;
using DataGen.Tasks.Running;
using DataGen.Tasks.Storage;
using DataGen.Tasks.Telemetry;

namespace DataGen.Tasks.Grains;

internal sealed partial class TaskGrain(TaskStore store, RunnerLeases leases, TasksMetrics metrics, TimeProvider clock, ILogger<TaskGrain> logger) : Grain, ITaskGrain, IAsyncDisposable
{
    private static readonly TimeSpan CancelPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan IntroductionPatience = TimeSpan.FromSeconds(5);
    private TaskTracker? tracker;
    private TaskExecution? execution;
    private SharedLoad<bool>? load;

    private string TaskId => this.GetPrimaryKeyString();

    public async Task<TaskDetail> CreateAsync(TaskDefinition definition)
    {
        var document = TaskTracker.NewDocument(definition);
        try
        {
            await Task.WhenAll(store.AddActiveTaskAsync(definition, CancellationToken.None), store.WriteTaskAsync(document, CancellationToken.None));
        }
        catch (CStoreException)
        {
            await ForgetAsync();
            throw;
        }

        // From here on the task is accepted: it is in the store, and whatever fails now is made up for while it runs.
        tracker = new TaskTracker(document, clock);
        await IntroduceAsync(tracker.Snapshot());
        Start(isNew: true);
        return tracker.Detail();
    }

    public async Task<TaskDetail?> GetAsync() => await LoadAsync() ? tracker!.Detail() : null;

    public async Task<TaskProgress?> GetProgressAsync() => await LoadAsync() ? tracker!.Progress() : null;

    public async Task<RecordExtent?> GetExtentAsync() => await LoadAsync() ? tracker!.Extent() : null;

    public async Task<TaskDetail?> CancelAsync()
    {
        await RenewAsync();
        if (!await LoadAsync())
        {
            return null;
        }

        if (!tracker!.Status.IsFinal() && execution is { } running)
        {
            running.Cancel();
            try
            {
                await running.Settled.WaitAsync(CancelPatience, clock);
            }
            catch (TimeoutException) when (!tracker.Status.IsFinal())
            {
                throw new StoreUnavailableException("No more calls are made for the task, but the store has not confirmed its end yet.");
            }
            catch (TimeoutException)
            {
                // Its end is stored; only the lists and counters are not yet.
            }
        }

        return tracker.Detail();
    }

    public async Task EnsureRunningAsync()
    {
        await RenewAsync();
        if (!await LoadAsync())
        {
            // Its creation was never confirmed to anybody.
            await store.RemoveActiveTaskAsync(TaskId, CancellationToken.None);
        }
        else if (tracker!.Status.IsFinal() && execution is null or { Settled.IsCompleted: true })
        {
            await GrainFactory.RecordSettledAsync(tracker.Snapshot());
            await store.RemoveActiveTaskAsync(TaskId, CancellationToken.None);
        }
    }

    /// <summary>Deactivated: the task goes on elsewhere, if it is unfinished.</summary>
    public async ValueTask DisposeAsync()
    {
        if (execution is { } running)
        {
            await running.DisposeAsync();
        }
    }

    // An execution that broke off leaves a memory that cannot be trusted: the next load begins again from what is stored.
    private async Task RenewAsync()
    {
        if (execution is { Settled.IsCompleted: true } ended && tracker is { } known && !known.Status.IsFinal())
        {
            (tracker, execution) = (null, null);
            await ended.DisposeAsync();
        }
    }

    // The list and the counters learn of the task at once if they can; if not, they do while it runs.
    private async Task IntroduceAsync(TaskSnapshot task)
    {
        try
        {
            await GrainFactory.ReportAsync(task).WaitAsync(IntroductionPatience, clock);
        }
        catch (Exception exception) when (exception is StoreUnavailableException or OrleansException or TimeoutException)
        {
            Log.NotIntroduced(logger, TaskId, exception.Message);
        }
    }

    private async Task<bool> LoadAsync() => tracker is not null || await (load ??= new SharedLoad<bool>(ReadAsync)).RunAsync();

    private async Task<bool> ReadAsync()
    {
        if (await store.ReadTaskAsync(TaskId, CancellationToken.None) is not { } document)
        {
            DeactivateOnIdle();
            return false;
        }

        var read = Track(document);
        if (!document.Status.IsFinal())
        {
            await RecoverAsync(read);
        }

        tracker ??= read;
        if (!tracker.Status.IsFinal() && execution is null)
        {
            Start(isNew: false);
        }

        return true;
    }

    private TaskTracker Track(TaskDocument document)
    {
        try
        {
            return new TaskTracker(document, clock);
        }
        catch (FormatException exception)
        {
            throw new StoreUnavailableException($"What is stored for task {TaskId} is no task: {exception.Message}");
        }
    }

    // What was committed after the document was last written follows the segments that it counts.
    private async Task RecoverAsync(TaskTracker read)
    {
        while (await store.ReadSegmentAsync(TaskId, read.NextSegment(), CancellationToken.None) is { } segment)
        {
            read.Committed(segment);
        }
    }

    private void Start(bool isNew)
    {
        execution = new TaskExecution(tracker!, store, leases, GrainFactory, metrics, clock, logger);
        execution.Start(isNew);
        DelayDeactivation(Timeout.InfiniteTimeSpan);
        _ = ReleaseAsync(execution);
    }

    // Once its task is settled the grain may be collected when nobody asks for it any more.
    private async Task ReleaseAsync(TaskExecution ended)
    {
        await ended.Settled;
        if (ReferenceEquals(execution, ended))
        {
            DelayDeactivation(TimeSpan.Zero);
        }
    }

    private async Task ForgetAsync()
    {
        await Task.WhenAll(store.DeleteTaskAsync(TaskId, CancellationToken.None), store.RemoveActiveTaskAsync(TaskId, CancellationToken.None))
            .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        DeactivateOnIdle();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Task {TaskId} is accepted, but the list and the counters do not know it yet: {Problem}")]
        public static partial void NotIntroduced(ILogger logger, string taskId, string problem);
    }
}
