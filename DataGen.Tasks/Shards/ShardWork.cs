using System.Threading.Channels;
using DataGen.Ratio1;
using DataGen.Tasks.Storage;
using DataGen.Tasks.Telemetry;

namespace DataGen.Tasks.Shards;

/// <summary>Has the missing records of a shard made and stored.</summary>
internal sealed partial class ShardWork(
    ShardTracker tracker,
    bool proven,
    TaskStore store,
    RunnerLeases leases,
    IGrainFactory grains,
    TasksMetrics metrics,
    TimeProvider clock,
    ILogger logger
)
{
    // When this process is told to stop, ended records are stored within this time, or made again elsewhere.
    private static readonly TimeSpan HandOver = TimeSpan.FromSeconds(2);

    /// <summary>Returns when no record is missing, when a permanent failure ended the work, or when it was cancelled.
    /// Records that had ended by then are stored.</summary>
    /// <param name="cancel">Begins no new call after this; ended records are stored.</param>
    /// <param name="stop">This process gives the shard up: ended records are stored as far as a short time allows. It
    /// cancels <paramref name="cancel"/> too.</param>
    /// <exception cref="OperationCanceledException">There was no time to store all ended records.</exception>
    public async Task<RunOutcome> RunAsync(CancellationToken cancel, CancellationToken stop)
    {
        using var drain = new CancellationTokenSource();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var sampling = tracker.Definition.ReadSampling();
        var keys = sampling?.Keys is { AreWanted: true } wanted ? wanted : null;
        var budget = sampling?.IsBounded != true ? null : new CallBudget(tracker, grains, clock);
        var committer = new SegmentCommitter(tracker, keys, grains, store, metrics, clock, logger);
        var committing = committer.RunAsync(drain.Token);
        var making = new LeaseReader(tracker, proven, leases, committer, budget, metrics, clock, logger).RunAsync(
            ending.Token
        );
        var outcome = new RunOutcome(null);
        try
        {
            // The committer ends first only when the store has refused a segment for good; then no further record is
            // wanted.
            if (await Task.WhenAny(making, committing) == committing)
            {
                await ending.CancelAsync();
            }

            outcome = await making;
        }
        catch (Exception exception)
            when (exception is ChannelClosedException
                || (ending.IsCancellationRequested && exception is OperationCanceledException or Grpc.Core.RpcException)
            )
        {
            Log.Stopped(logger, tracker.Id);
        }
        finally
        {
            committer.Complete();
            await using var giveUp = stop.Register(() => drain.CancelAfter(HandOver));
            await committing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        try
        {
            await committing;
            return outcome;
        }
        catch (Ratio1Exception refusal) when (!refusal.IsTransient)
        {
            return new RunOutcome(StoreWaits.Refusal(refusal.Message));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Task {Shard}: its records are no longer being made.")]
        public static partial void Stopped(ILogger logger, Model.ShardId shard);
    }
}
