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
    // What has ended when this process is told to stop is stored within this time, or made again elsewhere.
    private static readonly TimeSpan HandOver = TimeSpan.FromSeconds(2);

    /// <summary>Returns when nothing is missing, when a permanent failure ended it, or when it was cancelled; what had ended by
    /// then is stored.</summary>
    /// <param name="cancel">No new call from then on; what has ended is stored.</param>
    /// <param name="stop">This process gives the shard up: what has ended is stored as far as a short time allows. It
    /// cancels <paramref name="cancel"/> too.</param>
    /// <exception cref="OperationCanceledException">There was no time to store what has ended.</exception>
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
            // The committer ends first only when the store has refused a segment: then no record is wanted any more.
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
