using DataGen.Tasks.Model;
using DataGen.Tasks.Storage;
using DataGen.Tasks.Telemetry;

namespace DataGen.Tasks.Running;

/// <summary>One shard of a large task at work in this process, off the grain's own turn.</summary>
internal sealed partial class ShardExecution : IAsyncDisposable
{
    private static readonly TimeSpan CheckpointEvery = TimeSpan.FromSeconds(5);

    private readonly ShardTracker tracker;
    private readonly ShardWork work;
    private readonly TaskStore store;
    private readonly ILogger logger;
    private readonly Notes notes;
    private readonly CancellationTokenSource stop = new();
    private readonly CancellationTokenSource cancel;
    private volatile bool ended;
    private volatile string? fatalReason;

    public ShardExecution(ShardTracker tracker, int run, bool proven, TaskStore store, RunnerLeases leases, TasksMetrics metrics, TimeProvider clock, ILogger logger)
    {
        (this.tracker, Run, this.store, this.logger) = (tracker, run, store, logger);
        work = new ShardWork(tracker, proven, store, leases, metrics, clock, logger);
        notes = new Notes(tracker.Id.ToString(), clock, logger);
        cancel = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        Settled = Task.CompletedTask;
    }

    /// <summary>The run of the task it works on.</summary>
    public int Run { get; }

    /// <summary>Ends when nothing more happens here: all is stored, or this process gave it up.</summary>
    public Task Settled { get; private set; }

    /// <summary>Whether nothing happens though records are missing: it was stopped, or broke off.</summary>
    public bool IsIdle => Settled.IsCompleted && !ended && fatalReason is null;

    /// <summary>How it stands.</summary>
    public ShardReport Report() => tracker.Report(Run, ended, fatalReason);

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
            var complete = tracker.Missing().Count == 0;
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
        var checkpoints = notes.EveryAsync(CheckpointEvery, () => tracker.Version, () => store.WriteShardAsync(tracker.Id, Document(isEnd: false), stop.Token), running.Token);
        try
        {
            return await work.RunAsync(cancel.Token, stop.Token);
        }
        finally
        {
            await running.CancelAsync();
            await checkpoints.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Task WriteAsync(bool isEnd) =>
        notes.UntilStoredAsync(() => store.WriteShardAsync(tracker.Id, Document(isEnd), stop.Token), tracker.StoreFails, tracker.StoreRecovered, stop.Token);

    private ShardDocument Document(bool isEnd) => new(Run, isEnd, tracker.State());

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Task {Shard} is given up by this process; another goes on with it.")]
        public static partial void GivenUp(ILogger logger, ShardId shard);

        [LoggerMessage(Level = LogLevel.Error, Message = "Task {Shard} broke off; it is taken up again shortly.")]
        public static partial void Broke(ILogger logger, Exception exception, ShardId shard);
    }
}
