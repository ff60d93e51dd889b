using DataGen.Tasks.Model;
using DataGen.Tasks.Storage;
using DataGen.Tasks.Telemetry;

namespace DataGen.Tasks.Shards;

/// <summary>One shard of a large task at work in this process, off the grain's own turn.</summary>
internal sealed partial class ShardExecution : IAsyncDisposable
{
    private static readonly TimeSpan CheckpointEvery = TimeSpan.FromSeconds(5);

    // The task's grain asks twice a second. When nobody has asked for so long the task may be cancelled or deleted; if
    // it is not, the shard is started again.
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(2);

    private readonly ShardTracker tracker;
    private readonly bool proven;
    private readonly ShardWork work;
    private readonly TaskStore store;
    private readonly ILogger logger;
    private readonly Notes notes;
    private readonly TimeProvider clock;
    private readonly CancellationTokenSource stop = new();
    private readonly CancellationTokenSource cancel;
    private long askedAt;
    private volatile bool ended;
    private volatile string? fatalReason;

    public ShardExecution(
        ShardTracker tracker,
        int run,
        bool proven,
        TaskStore store,
        RunnerLeases leases,
        TasksMetrics metrics,
        TimeProvider clock,
        ILogger logger
    )
    {
        (this.tracker, Run, this.proven, this.store, this.clock, this.logger, askedAt) = (
            tracker,
            run,
            proven,
            store,
            clock,
            logger,
            clock.GetTimestamp()
        );
        work = new ShardWork(tracker, proven, store, leases, metrics, clock, logger);
        notes = new Notes(tracker.Id.ToString(), clock, logger);
        cancel = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        Settled = Task.CompletedTask;
    }

    /// <summary>Whether a fatal answer ended it that would only have failed its record, had the task's good records
    /// been known of.</summary>
    public bool MayBeWrong => fatalReason is not null && !proven;

    /// <summary>The run of the task it works on.</summary>
    public int Run { get; }

    /// <summary>Ends when nothing more happens here: all is stored, or this process gave it up.</summary>
    public Task Settled { get; private set; }

    /// <summary>Whether nothing happens though records are missing: it was stopped, or broke off.</summary>
    public bool IsIdle => Settled.IsCompleted && !ended && fatalReason is null;

    /// <summary>How it stands. It goes on only for as long as it is asked.</summary>
    public ShardReport Report()
    {
        Volatile.Write(ref askedAt, clock.GetTimestamp());
        return tracker.Report(Run, ended, fatalReason);
    }

    /// <summary>Which records are stored.</summary>
    public RecordExtent Extent() => tracker.Extent();

    /// <summary>Begins.</summary>
    public void Start() => Settled = Task.Run(RunAsync);

    /// <summary>No new call from now on; what has ended is stored.</summary>
    public void Cancel() => cancel.Cancel();

    /// <summary>Gives the shard up for another process to go on with.</summary>
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
            // The epoch is this process's own once it is stored.
            tracker.OpenEpoch();
            await WriteAsync(isEnd: false);
            fatalReason = (await WorkAsync()).FatalReason;
            stop.Token.ThrowIfCancellationRequested();
            var complete = tracker.IsComplete;
            await WriteAsync(isEnd: complete);
            tracker.Rest();
            ended = complete;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Log.GivenUp(logger, tracker.Id);
        }
        catch (Exception exception)
        {
            // Not foreseen: whoever asks for it next starts it again.
            Log.Broke(logger, exception, tracker.Id);
        }
    }

    private async Task<RunOutcome> WorkAsync()
    {
        using var running = new CancellationTokenSource();
        var leaving = LeaveWhenAbandonedAsync(running.Token);
        var checkpoints = notes.EveryAsync(
            CheckpointEvery,
            () => tracker.Version,
            () => store.WriteShardAsync(tracker.Id, Document(isEnd: false), stop.Token),
            running.Token
        );
        try
        {
            return await work.RunAsync(cancel.Token, stop.Token);
        }
        finally
        {
            await running.CancelAsync();
            await Task.WhenAll(checkpoints, leaving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LeaveWhenAbandonedAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(CheckpointEvery, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (clock.GetElapsedTime(Volatile.Read(ref askedAt)) > Abandoned)
            {
                await stop.CancelAsync();
                return;
            }
        }
    }

    private Task WriteAsync(bool isEnd) =>
        notes.UntilStoredAsync(
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
