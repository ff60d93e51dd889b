using System.Runtime.CompilerServices;
using DataGen.Tasks.Model;
using DataGen.Tasks.Storage;
using DataGen.Tasks.Telemetry;

namespace DataGen.Tasks.Shards;

/// <summary>One shard at work in this process, outside the grain's own turn. It works for as long as a caller follows
/// it.</summary>
internal sealed partial class ShardExecution : IAsyncDisposable
{
    private static readonly TimeSpan CheckpointEvery = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan RateEvery = TimeSpan.FromSeconds(1);

    // The task's grain follows the shard. When no caller has followed it for this long, the task may be cancelled or
    // deleted; if it is not, its grain starts the shard again.
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(2);

    private readonly ShardTracker tracker;
    private readonly ShardAssignment assignment;
    private readonly ShardWork work;
    private readonly TaskStore store;
    private readonly TasksMetrics metrics;
    private readonly ILogger logger;
    private readonly PeriodicCheckpoint checkpoint;
    private readonly TimeProvider clock;
    private readonly CancellationTokenSource stop = new();
    private readonly CancellationTokenSource cancel;
    private int queued;
    private int followers;
    private long followedAt;
    private volatile bool ended;
    private volatile string? fatalReason;
    private StopReason? stoppedBy;

    public ShardExecution(
        ShardTracker tracker,
        ShardAssignment assignment,
        TaskStore store,
        RunnerLeases leases,
        IGrainFactory grains,
        TasksMetrics metrics,
        TimeProvider clock,
        ILogger logger
    )
    {
        (this.tracker, this.assignment, this.store, this.metrics, this.clock, this.logger, followedAt) = (
            tracker,
            assignment,
            store,
            metrics,
            clock,
            logger,
            clock.GetTimestamp()
        );
        work = new ShardWork(tracker, assignment.Proven, store, leases, grains, metrics, clock, logger);
        checkpoint = new PeriodicCheckpoint(tracker.Id.ToString(), clock, logger);
        cancel = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        Settled = Task.CompletedTask;
    }

    /// <summary>Whether a fatal answer ended the shard only because it did not know that the task has good records;
    /// with them the answer would fail one record.</summary>
    public bool MayBeWrong => fatalReason is not null && !assignment.Proven;

    /// <summary>The run of the task it works on.</summary>
    public int Run => assignment.Run;

    /// <summary>Completes when nothing more happens here: all is stored, or this process gave the shard up.</summary>
    public Task Settled { get; private set; }

    /// <summary>Whether the shard's document holds everything that is stored of it.</summary>
    public bool IsStored { get; private set; }

    /// <summary>Whether the shard is idle although records are missing: it was stopped, or broke off.</summary>
    public bool IsIdle => Settled.IsCompleted && !ended && fatalReason is null && stoppedBy is null;

    /// <summary>The shard's report.</summary>
    public ShardReport Report() => tracker.Report(Run, ended, fatalReason, stoppedBy);

    /// <summary>The shard's report now and after changes, until nothing more happens here.</summary>
    public async IAsyncEnumerable<ShardReport> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref followers);
        try
        {
            await foreach (var report in tracker.Changes.FollowAsync(Report, ReportEvery, clock, cancellationToken))
            {
                yield return report;
            }
        }
        finally
        {
            Volatile.Write(ref followedAt, clock.GetTimestamp());
            Interlocked.Decrement(ref followers);
        }
    }

    /// <summary>Which records are stored, and where.</summary>
    public RecordExtent Extent() => tracker.Extent();

    /// <summary>Begins the work.</summary>
    public void Start() => Settled = Task.Run(RunAsync);

    /// <summary>Begins no new call from now on; ended records are still stored.</summary>
    public void Cancel() => cancel.Cancel();

    /// <summary>Gives the shard up, so that another process can continue it.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Settled;
        cancel.Dispose();
        stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            if (!assignment.Fresh)
            {
                // From here on the epoch belongs to this process.
                tracker.OpenEpoch();
                await WriteAsync(isEnd: false);
            }

            var outcome = await WorkAsync();
            stop.Token.ThrowIfCancellationRequested();
            var complete = tracker.IsComplete;
            await WriteAsync(isEnd: complete);
            tracker.Rest();

            // Set only after the document is stored, because the task's grain settles the task when it sees this.
            stoppedBy = complete ? null : outcome.StoppedBy;
            (ended, fatalReason, IsStored) = (complete, outcome.FatalReason, true);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Log.GivenUp(logger, tracker.Id);
        }
        catch (Exception exception)
        {
            // An unexpected failure: the task's grain starts the shard again.
            Log.Broke(logger, exception, tracker.Id);
        }
        finally
        {
            tracker.Changes.Complete();
        }
    }

    private async Task<RunOutcome> WorkAsync()
    {
        using var running = new CancellationTokenSource();
        TellQueue(tracker.Left);
        Task[] besides =
        [
            LeaveWhenAbandonedAsync(running.Token),
            NoteRateAsync(running.Token),
            checkpoint.EveryAsync(
                CheckpointEvery,
                () => tracker.Version,
                () => store.WriteShardAsync(tracker.Id, Document(isEnd: false), stop.Token),
                running.Token
            ),
        ];
        try
        {
            return await work.RunAsync(cancel.Token, stop.Token);
        }
        finally
        {
            await running.CancelAsync();
            await Task.WhenAll(besides).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            TellQueue(0);
        }
    }

    private void TellQueue(int left)
    {
        metrics.Queued(left - queued);
        queued = left;
    }

    private async Task LeaveWhenAbandonedAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(CheckpointEvery, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (Volatile.Read(ref followers) == 0 && clock.GetElapsedTime(Volatile.Read(ref followedAt)) > Abandoned)
            {
                await stop.CancelAsync();
                return;
            }
        }
    }

    private async Task NoteRateAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(RateEvery, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            tracker.NoteRate();
            TellQueue(tracker.Left);
        }
    }

    private Task WriteAsync(bool isEnd) =>
        checkpoint.UntilStoredAsync(
            () => store.WriteShardAsync(tracker.Id, Document(isEnd), stop.Token),
            tracker.StoreFails,
            tracker.StoreRecovered,
            stop.Token
        );

    private ShardDocument Document(bool isEnd) => new(Run, isEnd, tracker.State());

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Information,
            Message = "Task {Shard} is given up by this process; another goes on with it."
        )]
        public static partial void GivenUp(ILogger logger, ShardId shard);

        [LoggerMessage(Level = LogLevel.Error, Message = "Task {Shard} broke off; it is taken up again shortly.")]
        public static partial void Broke(ILogger logger, Exception exception, ShardId shard);
    }
}
