using DataGen.Ratio1.CStore;
using DataGen.Tasks.Grains;
using DataGen.Tasks.Model;
using DataGen.Tasks.Storage;
using DataGen.Tasks.Telemetry;

namespace DataGen.Tasks.Running;

/// <summary>
/// One task at work in this process, off the grain's own turn: makes and stores its records, keeps its document up to date, tells the user's and the
/// metrics grain, and settles it at the end. Whatever it has not settled when the process dies is taken up again from <c>datagen:tasks:active</c>.
/// </summary>
internal sealed partial class TaskExecution : IAsyncDisposable
{
    private static readonly TimeSpan CheckpointEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(0.5);
    private const int RestFactor = 10;
    private static readonly TimeSpan HandOver = TimeSpan.FromSeconds(2);

    private readonly TaskTracker tracker;
    private readonly TaskStore store;
    private readonly RunnerLeases leases;
    private readonly IGrainFactory grains;
    private readonly TasksMetrics metrics;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly CancellationTokenSource stop = new();
    private readonly CancellationTokenSource cancel;

    public TaskExecution(TaskTracker tracker, TaskStore store, RunnerLeases leases, IGrainFactory grains, TasksMetrics metrics, TimeProvider clock, ILogger logger)
    {
        (this.tracker, this.store, this.leases, this.grains, this.metrics, this.clock, this.logger) = (tracker, store, leases, grains, metrics, clock, logger);
        cancel = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        Settled = Task.CompletedTask;
    }

    /// <summary>Ends when the task has reached a final status and everything about it is stored, or when this process gave it up.</summary>
    public Task Settled { get; private set; }

    /// <summary>Begins. <paramref name="isNew"/>: the task was just created, so its open epoch is this process's own.</summary>
    public void Start(bool isNew) => Settled = Task.Run(() => RunAsync(isNew));

    /// <summary>Stops the task for good: no new call from now on; what has ended is stored.</summary>
    public void Cancel() => cancel.Cancel();

    /// <summary>Gives the task up for another process to go on with, after storing what has ended as far as a short time allows.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Settled;
        cancel.Dispose();
        stop.Dispose();
    }

    private async Task RunAsync(bool isNew)
    {
        metrics.TaskStarted();
        try
        {
            if (!isNew)
            {
                tracker.OpenEpoch();
                await UntilStoredAsync(() => store.WriteTaskAsync(tracker.ToDocument(), stop.Token));
            }

            var outcome = await GenerateAsync();
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
            // Not foreseen: the sweeper takes the task up again.
            Log.Broke(logger, exception, tracker.Definition.Id);
        }
        finally
        {
            metrics.TaskEnded();
        }
    }

    private async Task<RunOutcome> GenerateAsync()
    {
        using var drain = new CancellationTokenSource();
        using var running = new CancellationTokenSource();
        var committer = new SegmentCommitter(tracker, store, metrics, clock, logger);
        var committing = committer.RunAsync(drain.Token);
        var checkpoints = EveryAsync(CheckpointEvery, () => store.WriteTaskAsync(tracker.ToDocument(), stop.Token), running.Token);
        var reports = EveryAsync(ReportEvery, ReportAsync, running.Token);
        var outcome = new RunOutcome(null);
        try
        {
            outcome = await new RecordPump(tracker, leases, committer, clock, logger).RunAsync(cancel.Token);
        }
        catch (Exception exception) when (cancel.IsCancellationRequested && exception is OperationCanceledException or Grpc.Core.RpcException)
        {
            Log.Stopped(logger, tracker.Definition.Id);
        }
        finally
        {
            committer.Complete();
            await using var giveUp = stop.Token.Register(() => drain.CancelAfter(HandOver));
            await committing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await running.CancelAsync();
            await Task.WhenAll(checkpoints, reports).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await committing;
        return outcome;
    }

    private async Task SettleAsync(RunOutcome outcome)
    {
        var task = tracker.Snapshot();
        if (outcome.FatalReason is null && !cancel.IsCancellationRequested && task.Completed != task.Definition.Count)
        {
            throw new InvalidOperationException($"Only {task.Completed} of {task.Definition.Count} records are stored, yet none is missing.");
        }

        var (status, reason) = (outcome.FatalReason, cancel.IsCancellationRequested && task.Completed < task.Definition.Count, task.Completed == task.Failures) switch
        {
            (_, true, _) => (GenerationStatus.Cancelled, (string?)null),
            ({ } fatal, _, _) => (GenerationStatus.Failed, fatal),
            (_, _, true) => (GenerationStatus.Failed, $"No record could be generated. {(tracker.Detail().Errors is [var first, ..] ? first.Message : null)}".TrimEnd()),
            _ => (GenerationStatus.Succeeded, null),
        };
        var final = tracker.FinalDocument(status, reason, clock.GetUtcNow());
        await UntilStoredAsync(() => store.WriteTaskAsync(final, stop.Token));
        tracker.End(final);
        Log.Ended(logger, tracker.Definition.Id, status, final.Completed, final.Failures);
        await UntilStoredAsync(() => grains.RecordSettledAsync(tracker.Snapshot()));
        await UntilStoredAsync(() => store.RemoveActiveTaskAsync(tracker.Definition.Id, stop.Token));
    }

    private Task ReportAsync() => grains.ReportAsync(tracker.Snapshot());

    private async Task UntilStoredAsync(Func<Task> write)
    {
        var backoff = new Backoff(clock);
        while (true)
        {
            try
            {
                await write();
                tracker.StoreRecovered();
                return;
            }
            catch (Exception exception) when (MayPass(exception))
            {
                Log.NotStored(logger, tracker.Definition.Id, exception.Message);
                tracker.StoreFails(exception.Message);
                await backoff.WaitAsync(stop.Token);
            }
        }
    }

    // Progress notes: one that fails is simply superseded by the next. One that is on its way is waited for, so that none lands after the end; and a store
    // that is slow is left alone the longer, since the records need it more.
    private async Task EveryAsync(TimeSpan period, Func<Task> act, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(period, clock);
        var (seen, lastEnd, lastTook) = (0L, 0L, TimeSpan.Zero);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var version = tracker.Version;
            if (version == seen || clock.GetElapsedTime(lastEnd) < lastTook * RestFactor)
            {
                continue;
            }

            var started = clock.GetTimestamp();
            try
            {
                await act();
                seen = version;
            }
            catch (Exception exception) when (MayPass(exception))
            {
                Log.NotStored(logger, tracker.Definition.Id, exception.Message);
            }

            lastEnd = clock.GetTimestamp();
            lastTook = clock.GetElapsedTime(started, lastEnd);
        }
    }

    // What a store or a grain that is away throws: the same may succeed later.
    private static bool MayPass(Exception exception) => exception is CStoreException or StoreUnavailableException or OrleansException or TimeoutException;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Task {TaskId} ended as {Status}: {Completed} records ended, {Failures} of them failed.")]
        public static partial void Ended(ILogger logger, string taskId, GenerationStatus status, int completed, int failures);

        [LoggerMessage(Level = LogLevel.Information, Message = "Task {TaskId}: its records are no longer being made.")]
        public static partial void Stopped(ILogger logger, string taskId);

        [LoggerMessage(Level = LogLevel.Information, Message = "Task {TaskId} is given up by this process; it goes on elsewhere or after the restart.")]
        public static partial void GivenUp(ILogger logger, string taskId);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Task {TaskId}: a note about it is not stored yet: {Problem}")]
        public static partial void NotStored(ILogger logger, string taskId, string problem);

        [LoggerMessage(Level = LogLevel.Error, Message = "Task {TaskId} broke off; it is taken up again shortly.")]
        public static partial void Broke(ILogger logger, Exception exception, string taskId);
    }
}
