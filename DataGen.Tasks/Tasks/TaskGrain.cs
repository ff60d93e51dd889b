using System.Runtime.CompilerServices;
using DataGen.Ratio1;
using DataGen.Ratio1.CStore;
using DataGen.Tasks.Budgets;
using DataGen.Tasks.Failures;
using DataGen.Tasks.Model;
using DataGen.Tasks.Settings;
using DataGen.Tasks.Shards;
using DataGen.Tasks.Storage;
using DataGen.Tasks.Telemetry;

namespace DataGen.Tasks.Tasks;

internal sealed partial class TaskGrain(
    TaskStore store,
    TasksOptions options,
    TasksMetrics metrics,
    TimeProvider clock,
    ILogger<TaskGrain> logger
) : Grain, ITaskGrain, IAsyncDisposable
{
    // How long a caller waits for writes that the store has not confirmed yet.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan IntroductionPatience = TimeSpan.FromSeconds(5);
    private TaskTracker? tracker;
    private TaskExecution? execution;
    private TaskDeletion? deletion;
    private SharedLoad<bool>? load;

    private string TaskId => this.GetPrimaryKeyString();

    public async Task<TaskDetail> CreateAsync(TaskDefinition definition)
    {
        var document = TaskTracker.NewDocument(definition, ShardPlan.Count(definition.Count, options.RecordsPerShard));
        try
        {
            await Task.WhenAll(
                store.AddActiveTaskAsync(definition.Id, definition.Owner, CancellationToken.None),
                store.WriteTaskAsync(document, CancellationToken.None)
            );
        }
        catch (CStoreException)
        {
            await WithdrawAsync();
            throw;
        }

        // From here on the task is accepted: it is in the store, and a later failure is repaired while it runs.
        return await BeginAsync(document);
    }

    public async Task<TaskDetail?> GetAsync() => await LoadAsync() ? tracker!.Detail() : null;

    public async IAsyncEnumerable<TaskProgress> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await LoadForStreamAsync())
        {
            await foreach (var progress in tracker!.WatchAsync(cancellationToken))
            {
                yield return progress;
            }
        }
    }

    public async Task<RecordLayout?> GetLayoutAsync() => await LoadAsync() ? tracker!.Layout() : null;

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
            await EndsAsync(running.Settled);
            if (!tracker.Status.IsFinal())
            {
                throw new StoreUnavailableException(
                    "No more calls are made for the task, but the store has not confirmed its end yet."
                );
            }
        }

        return tracker.Detail();
    }

    public Task<TaskDetail?> RetryAsync(int? maxTokens) =>
        BeginAgainAsync(task => !task.IsComplete, task => Task.FromResult(task.RetryDocument(maxTokens)));

    public Task<TaskDetail?> ExtendAsync(TaskDefinition extended) =>
        BeginAgainAsync(
            task => task.Definition.Count < extended.Count,
            async task =>
            {
                // The default bound of calls grows with the records.
                if (extended.ReadSampling() is { IsBounded: true, Budget.Calls: null, MostCalls: { } calls })
                {
                    await GrainFactory
                        .GetGrain<IBudgetGrain>(TaskId)
                        .SetAsync(extended, new NewBudget(calls, null, null, null), task.Snapshot().Spent);
                }

                var more = extended.Count - task.Definition.Count;
                return task.ExtendedDocument(extended, ShardPlan.Count(more, options.RecordsPerShard));
            }
        );

    public async Task<TaskDetail?> SetBudgetAsync(NewBudget budget)
    {
        await RenewAsync();
        if (!await LoadAsync())
        {
            return null;
        }

        if (budget.BoundsCalls)
        {
            await GrainFactory
                .GetGrain<IBudgetGrain>(TaskId)
                .SetAsync(tracker!.Definition, budget, tracker.Snapshot().Spent);
        }

        tracker!.SetSampling(DefinitionJson.With(tracker.Definition.Sampling, budget));
        await store.WriteTaskAsync(tracker.ToDocument(), CancellationToken.None);
        return tracker.Detail();
    }

    public async Task<bool> MarkCuratedAsync()
    {
        await RenewAsync();
        if (!await LoadAsync())
        {
            return false;
        }

        // Stored before it is set in memory: after a failed write the next caller must not be told that it is set.
        await store.WriteTaskAsync(tracker!.ToDocument() with { Curated = true }, CancellationToken.None);
        tracker.MarkCurated();
        return true;
    }

    public async Task<bool> DeleteAsync()
    {
        await RenewAsync();
        if (!await LoadAsync())
        {
            return false;
        }

        var task = tracker!;
        await DisposeAsync();
        await Task.WhenAll(
            task.OpenShards().Select(shard => GrainFactory.GetGrain<IShardGrain>(task.Shard(shard).Key).ForgetAsync())
        );
        var document = task.DeletedDocument();
        await StoreOrReloadAsync(document);
        Forget();
        Remove(document);
        await EndsAsync(deletion!.Settled);
        return true;
    }

    public async Task<bool> EnsureRunningAsync(bool forget)
    {
        await RenewAsync();
        if (!await LoadAsync())
        {
            if (forget && deletion is null)
            {
                await store.RemoveActiveTaskAsync(TaskId, CancellationToken.None);
            }

            return deletion is not null;
        }

        if (tracker!.Status.IsFinal() && execution is null or { Settled.IsCompleted: true })
        {
            await GrainFactory.RecordSettledAsync(tracker.Snapshot());
            await store.RemoveActiveTaskAsync(TaskId, CancellationToken.None);
        }

        return true;
    }

    /// <summary>If there is work left, another process continues it.</summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        await DisposeAsync();

    /// <summary>Gives up the work of this process; a second call does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (execution is { } running)
        {
            execution = null;
            await running.DisposeAsync();
        }

        if (deletion is { } removing)
        {
            deletion = null;
            await removing.DisposeAsync();
        }
    }

    // Resumes an ended task, if it is wanted, with the document that is made of it; any other task stays as it is.
    private async Task<TaskDetail?> BeginAgainAsync(
        Predicate<TaskTracker> isWanted,
        Func<TaskTracker, Task<TaskDocument>> make
    )
    {
        await RenewAsync();
        if (!await LoadAsync())
        {
            return null;
        }

        if (!tracker!.Status.IsFinal() || !isWanted(tracker))
        {
            return tracker.Detail();
        }

        if (execution is { } ending && !await EndsAsync(ending.Settled))
        {
            throw new StoreUnavailableException("The store has not confirmed the end of the task everywhere yet.");
        }

        if (tracker.Definition.ReadSampling()?.IsBounded == true)
        {
            await GrainFactory.GetGrain<IBudgetGrain>(TaskId).WriteOffAsync(tracker.Definition);
        }

        var document = await make(tracker);
        await StoreOrReloadAsync(document);
        return await BeginAsync(document);
    }

    // After an execution that broke off, or that was given up for a deletion that failed, the state in memory cannot be
    // trusted: the next load starts from the store.
    private async Task RenewAsync()
    {
        if (tracker is { } known && !known.Status.IsFinal() && execution is null or { Settled.IsCompleted: true })
        {
            var ended = execution;
            execution = null;
            Forget();
            await (ended?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    private void Forget()
    {
        tracker?.Retire();
        tracker = null;
    }

    // An ended or deleted task is first noted as active. A process that finds the note together with the old document
    // removes the note.
    private async Task StoreOrReloadAsync(TaskDocument document)
    {
        try
        {
            await store.AddActiveTaskAsync(document.Id, document.Owner!, CancellationToken.None);
            await store.WriteTaskAsync(document, CancellationToken.None);
        }
        catch (CStoreException)
        {
            Forget();
            throw;
        }
    }

    private async Task<TaskDetail> BeginAsync(TaskDocument document)
    {
        tracker = new TaskTracker(document, clock);
        await IntroduceAsync(tracker.Snapshot());
        Start(isOwn: true);
        return tracker.Detail();
    }

    // Reports the new task to the list and the counters at once if possible; otherwise that happens while it runs.
    private async Task IntroduceAsync(TaskSnapshot task)
    {
        try
        {
            await GrainFactory.ReportAsync(task).WaitAsync(IntroductionPatience, clock);
        }
        catch (Exception exception) when (exception.IsExternal())
        {
            Log.NotIntroduced(logger, TaskId, exception.Message);
        }
    }

    // The exception of a stream is returned as a value, because the filter that makes the store's exceptions
    // serializable does not see streams.
    private async Task<bool> LoadForStreamAsync()
    {
        try
        {
            return await LoadAsync();
        }
        catch (Ratio1Exception exception)
        {
            throw new StoreUnavailableException(exception);
        }
    }

    private async Task<bool> LoadAsync() =>
        tracker is not null || await (load ??= new SharedLoad<bool>(ReadAsync)).RunAsync();

    private async Task<bool> ReadAsync()
    {
        switch (await store.ReadTaskAsync(TaskId, CancellationToken.None))
        {
            case null:
                DeactivateOnIdle();
                return false;
            case { Deleted: true } deleted:
                Remove(deleted);
                return false;
            case var document:
                Track(document);
                return true;
        }
    }

    private void Track(TaskDocument document)
    {
        try
        {
            tracker ??= new TaskTracker(document, clock);
        }
        catch (FormatException exception)
        {
            throw new StoreUnavailableException(
                $"What is stored for task {TaskId} is no task: {exception.Message}",
                isTransient: false
            );
        }

        if (!tracker.Status.IsFinal() && execution is null)
        {
            Start(isOwn: false);
        }
    }

    private void Start(bool isOwn)
    {
        execution = new TaskExecution(tracker!, store, GrainFactory, metrics, clock, logger);
        execution.Start(isOwn);
        _ = StayUntilAsync(execution.Settled);
    }

    private void Remove(TaskDocument document)
    {
        if (deletion is null or { Settled.IsCompleted: true })
        {
            deletion = new TaskDeletion(document, store, GrainFactory, clock, logger);
            deletion.Start();
            _ = StayUntilAsync(deletion.Settled);
        }
    }

    // When the grain has no work left, it may be collected when it is idle.
    private async Task StayUntilAsync(Task settled)
    {
        DelayDeactivation(Timeout.InfiniteTimeSpan);
        await settled;
        if (execution is null or { Settled.IsCompleted: true } && deletion is null or { Settled.IsCompleted: true })
        {
            DelayDeactivation(TimeSpan.Zero);
        }
    }

    private async Task<bool> EndsAsync(Task settled)
    {
        try
        {
            await settled.WaitAsync(Patience, clock);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task WithdrawAsync()
    {
        await Task.WhenAll(
                store.DeleteTaskAsync(TaskId, CancellationToken.None),
                store.RemoveActiveTaskAsync(TaskId, CancellationToken.None)
            )
            .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        DeactivateOnIdle();
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "Task {TaskId} is accepted, but the list and the counters do not know it yet: {Problem}"
        )]
        public static partial void NotIntroduced(ILogger logger, string taskId, string problem);
    }
}
