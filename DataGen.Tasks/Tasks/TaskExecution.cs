using DataGen.Tasks.Distinct;
using DataGen.Tasks.Model;
using DataGen.Tasks.Shards;
using DataGen.Tasks.Storage;
using DataGen.Tasks.Telemetry;

namespace DataGen.Tasks.Tasks;

/// <summary>
/// One task at work in this process, outside the grain's own turn. It has the records made by the grains of the shards,
/// keeps the task's document up to date, reports to the user's and the metrics grain, and settles the task at the end.
/// A task that is not settled when the process dies is resumed from <c>datagen:tasks:active</c>.
/// </summary>
internal sealed partial class TaskExecution : IAsyncDisposable
{
    // The shards store what counts; this document only shows the next process at once how far the task was.
    private static readonly TimeSpan CheckpointEvery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan HistoryEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DeadlineEvery = TimeSpan.FromSeconds(0.5);

    private readonly TaskTracker tracker;
    private readonly TaskStore store;
    private readonly IGrainFactory grains;
    private readonly TasksMetrics metrics;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly PeriodicCheckpoint checkpoint;
    private readonly CancellationTokenSource stop = new();
    private readonly CancellationTokenSource cancel;

    public TaskExecution(
        TaskTracker tracker,
        TaskStore store,
        IGrainFactory grains,
        TasksMetrics metrics,
        TimeProvider clock,
        ILogger logger
    )
    {
        (this.tracker, this.store, this.grains, this.metrics, this.clock, this.logger) = (
            tracker,
            store,
            grains,
            metrics,
            clock,
            logger
        );
        checkpoint = new PeriodicCheckpoint(tracker.Definition.Id, clock, logger);
        cancel = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        Settled = Task.CompletedTask;
    }

    /// <summary>Completes when the task has reached a final status and everything about it is stored, or when this
    /// process gave the task up.</summary>
    public Task Settled { get; private set; }

    /// <summary>Begins the work. <paramref name="isOwn"/>: this process has just stored the document.</summary>
    public void Start(bool isOwn) => Settled = Task.Run(() => RunAsync(isOwn));

    /// <summary>Stops the task for good: begins no new call from now on; ended records are stored.</summary>
    public void Cancel() => cancel.Cancel();

    /// <summary>Gives the task up, so that another process can continue it. Ended records are stored as far as a short
    /// time allows.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Settled;
        cancel.Dispose();
        stop.Dispose();
    }

    private async Task RunAsync(bool isOwn)
    {
        metrics.TaskStarted();
        try
        {
            if (!isOwn)
            {
                // Stored as unfinished again, because a process that had lost the task may have ended it.
                await UntilStoredAsync(() =>
                    Task.WhenAll(
                        store.AddActiveTaskAsync(tracker.Definition.Id, tracker.Definition.Owner, stop.Token),
                        store.WriteTaskAsync(tracker.ToDocument(), stop.Token)
                    )
                );
            }

            var isNew = isOwn && tracker.Run == 0;
            RunOutcome outcome;
            do
            {
                outcome = await GenerateAsync(isNew);
                isNew = false;
            } while (outcome == default && !cancel.IsCancellationRequested && await WithdrawRepeatsAsync());

            if (!stop.IsCancellationRequested)
            {
                await SettleAsync(outcome);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Log.GivenUp(logger, tracker.Definition.Id);
        }
        catch (Exception exception)
        {
            // An unexpected failure: the recovery service resumes the task.
            Log.Broke(logger, exception, tracker.Definition.Id);
        }
        finally
        {
            metrics.TaskEnded();
        }
    }

    private async Task<RunOutcome> GenerateAsync(bool isNew)
    {
        using var running = new CancellationTokenSource();
        Task[] besides =
        [
            checkpoint.EveryAsync(
                CheckpointEvery,
                () => tracker.Version,
                () => store.WriteTaskAsync(tracker.ToDocument(), stop.Token),
                running.Token
            ),
            checkpoint.EveryAsync(
                ReportEvery,
                () => tracker.Version,
                () => grains.ReportAsync(tracker.Snapshot()),
                running.Token
            ),
            KeepHistoryAsync(running.Token),
        ];
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel.Token);
        var ends = EndInTimeAsync(ending, running.Token);
        try
        {
            var outcome = await new ShardCoordinator(tracker, isNew, grains, clock, logger).RunAsync(
                ending.Token,
                stop.Token
            );
            return outcome == default && ending.IsCancellationRequested && !cancel.IsCancellationRequested
                ? new RunOutcome(null, StopReason.Deadline)
                : outcome;
        }
        finally
        {
            await running.CancelAsync();
            await Task.WhenAll([ends, .. besides]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task KeepHistoryAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(HistoryEvery, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            tracker.NoteHistory();
        }
    }

    // Cancels at the definition's deadline, which a change of the budget may move.
    private async Task EndInTimeAsync(CancellationTokenSource ending, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(DeadlineEvery, clock);
        do
        {
            if (tracker.Until <= clock.GetUtcNow())
            {
                await ending.CancelAsync();
                return;
            }
        } while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    // Whether records have to be made again because they repeat others.
    private async Task<bool> WithdrawRepeatsAsync()
    {
        var task = tracker.Snapshot();
        if (task.Definition.ReadSampling()?.Keys.AreWanted != true)
        {
            return false;
        }

        Repeat[] repeats = [];
        await UntilStoredAsync(async () =>
            repeats = await grains
                .GetGrain<IDistinctGrain>(task.Definition.Id)
                .CheckAsync(task.Definition, task.Completed - task.Failures)
        );
        foreach (var shard in repeats.GroupBy(repeat => tracker.ShardOf(repeat.Index)))
        {
            await UntilStoredAsync(async () =>
                tracker.Reported(
                    shard.Key,
                    await grains
                        .GetGrain<IShardGrain>(tracker.Shard(shard.Key).Key)
                        .WithdrawAsync(
                            new ShardAssignment(task.Definition, tracker.Range(shard.Key), tracker.Run, true, false),
                            [.. shard]
                        )
                )
            );
        }

        return repeats.Length > 0;
    }

    private async Task SettleAsync(RunOutcome outcome)
    {
        var task = tracker.Snapshot();
        if (outcome == default && !cancel.IsCancellationRequested && task.Completed != task.Definition.Count)
        {
            throw new InvalidOperationException(
                $"Only {task.Completed} of {task.Definition.Count} records are stored, yet none is missing."
            );
        }

        var isShort = task.Completed < task.Definition.Count;
        var (status, reason) = (
            outcome.FatalReason,
            isShort && (cancel.IsCancellationRequested || outcome.StoppedBy is not null),
            task.Completed == task.Failures
        ) switch
        {
            (_, true, _) => (GenerationStatus.Cancelled, (string?)null),
            ({ } fatal, _, _) => (GenerationStatus.Failed, fatal),
            (_, _, true) => (
                GenerationStatus.Failed,
                $"No record could be generated. {(tracker.Detail().Errors is [var first, ..] ? first.Message : null)}".TrimEnd()
            ),
            _ => (GenerationStatus.Succeeded, null),
        };
        var stopped = isShort && !cancel.IsCancellationRequested ? outcome.StoppedBy : null;
        var final = tracker.FinalDocument(status, reason, stopped, clock.GetUtcNow());
        await UntilStoredAsync(() =>
            // People may change records of the task at the same time.
            store.WriteTaskAsync(final with { Curated = tracker.Definition.IsCurated }, stop.Token)
        );
        tracker.End(final);
        Log.Ended(logger, tracker.Definition.Id, status, final.Completed, final.Failures);
        await UntilStoredAsync(() => grains.RecordSettledAsync(tracker.Snapshot()));
        await UntilStoredAsync(() => store.RemoveActiveTaskAsync(tracker.Definition.Id, stop.Token));
    }

    private Task UntilStoredAsync(Func<Task> write) =>
        checkpoint.UntilStoredAsync(write, tracker.StoreFails, tracker.StoreRecovered, stop.Token);

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Information,
            Message = "Task {TaskId} ended as {Status}: {Completed} records ended, {Failures} of them failed."
        )]
        public static partial void Ended(
            ILogger logger,
            string taskId,
            GenerationStatus status,
            int completed,
            int failures
        );

        [LoggerMessage(
            Level = LogLevel.Information,
            Message = "Task {TaskId} is given up by this process; it goes on elsewhere or after the restart."
        )]
        public static partial void GivenUp(ILogger logger, string taskId);

        [LoggerMessage(Level = LogLevel.Error, Message = "Task {TaskId} broke off; it is taken up again shortly.")]
        public static partial void Broke(ILogger logger, Exception exception, string taskId);
    }
}
