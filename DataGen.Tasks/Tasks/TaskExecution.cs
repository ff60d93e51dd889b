using DataGen.Tasks.Model;
using DataGen.Tasks.Shards;
using DataGen.Tasks.Storage;
using DataGen.Tasks.Telemetry;

namespace DataGen.Tasks.Tasks;

/// <summary>
/// One task at work in this process, off the grain's own turn: has its records made by the grains of its shards, keeps
/// its document up to date, tells the user's and the metrics grain, and settles it at the end. What it has not settled
/// when the process dies is taken up again from <c>datagen:tasks:active</c>.
/// </summary>
internal sealed partial class TaskExecution : IAsyncDisposable
{
    // The shards store what counts; this document only makes the next process know at once how the task stood.
    private static readonly TimeSpan CheckpointEvery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan HistoryEvery = TimeSpan.FromSeconds(1);

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

    /// <summary>Ends when the task has reached a final status and everything about it is stored, or when this process
    /// gave it up.</summary>
    public Task Settled { get; private set; }

    /// <summary>Begins. <paramref name="isOwn"/>: this process has just stored the document.</summary>
    public void Start(bool isOwn) => Settled = Task.Run(() => RunAsync(isOwn));

    /// <summary>Stops the task for good: no new call from now on; what has ended is stored.</summary>
    public void Cancel() => cancel.Cancel();

    /// <summary>Gives the task up for another process to go on with, after storing what has ended as far as a short
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
                // Stored again as unfinished: a process that had lost the task may have ended it since.
                await UntilStoredAsync(() =>
                    Task.WhenAll(
                        store.AddActiveTaskAsync(tracker.Definition.Id, tracker.Definition.Owner, stop.Token),
                        store.WriteTaskAsync(tracker.ToDocument(), stop.Token)
                    )
                );
            }

            var outcome = await GenerateAsync(isNew: isOwn && tracker.Run == 0);
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
            // Not foreseen: the recovery service takes the task up again.
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
        try
        {
            return await new ShardCoordinator(tracker, isNew, grains, clock, logger).RunAsync(cancel.Token, stop.Token);
        }
        finally
        {
            await running.CancelAsync();
            await Task.WhenAll(besides).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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

    private async Task SettleAsync(RunOutcome outcome)
    {
        var task = tracker.Snapshot();
        if (outcome.FatalReason is null && !cancel.IsCancellationRequested && task.Completed != task.Definition.Count)
        {
            throw new InvalidOperationException(
                $"Only {task.Completed} of {task.Definition.Count} records are stored, yet none is missing."
            );
        }

        var (status, reason) = (
            outcome.FatalReason,
            cancel.IsCancellationRequested && task.Completed < task.Definition.Count,
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
        var final = tracker.FinalDocument(status, reason, clock.GetUtcNow());
        await UntilStoredAsync(() => store.WriteTaskAsync(final, stop.Token));
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
