using System.Collections.Concurrent;
using DataGen.Tasks.Failures;
using DataGen.Tasks.Shards;

namespace DataGen.Tasks.Tasks;

/// <summary>
/// Has a task's records made by the grains of its shards, a few shards at a time, on any process of the cluster.
/// Following a shard also restarts it: when the stream of its reports breaks, because its process died or gave it up,
/// the shard is started again, and Orleans places it on a live process.
/// </summary>
/// <param name="isNew">Whether this process has just created the task, so that no process has begun any shard.</param>
internal sealed partial class ShardCoordinator(
    TaskTracker tracker,
    bool isNew,
    IGrainFactory grains,
    TimeProvider clock,
    ILogger logger
)
{
    // Enough shards to keep several Runners busy, and few enough that the window to the store stays small.
    private const int AtWork = 8;
    private const string Moving = "A part of the task is being taken up by another process.";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    /// <summary>Returns when every shard has ended, when an answer ended the task, or when it was cancelled. Records
    /// that had ended by then are stored.</summary>
    /// <paramref name="stop"/> is cancelled: this process gives the task up; its shards go on.
    public async Task<RunOutcome> RunAsync(CancellationToken cancel, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var open = new ConcurrentQueue<int>(tracker.OpenShards());
        RunOutcome? end = null;

        var learning = LearnAsync(stop);

        // With a bound of calls in flight only one shard runs at a time, so that the bound holds.
        await Task.WhenAll(
            Enumerable.Range(0, tracker.Definition.Concurrency is null ? AtWork : 1).Select(_ => WorkAsync())
        );
        stop.ThrowIfCancellationRequested();
        if (ending.IsCancellationRequested && !isNew)
        {
            // An earlier process may have begun shards that the task's document does not show yet.
            var options = new ParallelOptions { MaxDegreeOfParallelism = AtWork, CancellationToken = stop };
            await Parallel.ForEachAsync(open, options, async (shard, _) => await StopAsync(shard, stop));
        }

        await learning;
        return end ?? new RunOutcome(null);

        async Task WorkAsync()
        {
            while (!ending.IsCancellationRequested && open.TryDequeue(out var shard))
            {
                if (await RunShardAsync(shard, ending.Token, stop) is { } outcome)
                {
                    end ??= outcome;
                    await ending.CancelAsync();
                }
            }
        }
    }

    // The outcome that ended the shard before all its records had ended; null otherwise. A cancelled shard is stopped.
    private async Task<RunOutcome?> RunShardAsync(int shard, CancellationToken cancel, CancellationToken stop)
    {
        var isFresh = isNew;

        // When other shards have good records, a rejected call fails only a record. The shard may not have known of
        // those, so it is asked once more.
        var mayBeWrong = tracker.ShardCount > 1;
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                var assignment = Assignment(shard, isFresh);
                isFresh = false;
                var last = await FollowAsync(shard, assignment, cancel);
                if (last.Ended)
                {
                    return null;
                }

                if (last.StoppedBy is not null || (last.FatalReason is not null && !mayBeWrong))
                {
                    return new RunOutcome(last.FatalReason, last.StoppedBy);
                }

                mayBeWrong &= last.FatalReason is null;
            }
            catch (Exception exception) when (exception.IsTransient())
            {
                Log.Unanswered(logger, tracker.Definition.Id, shard, exception.Message);
                tracker.ShardsWait(exception is StoreUnavailableException ? exception.Message : Moving);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                break;
            }
            catch (StoreUnavailableException refusal)
            {
                return new RunOutcome(refusal.Message);
            }

            await Task.Delay(Pause, clock, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!stop.IsCancellationRequested)
        {
            await StopAsync(shard, stop);
        }

        return null;
    }

    // The shard's last report: the shard is over, or has to be started again.
    private async Task<ShardReport> FollowAsync(int shard, ShardAssignment assignment, CancellationToken cancel)
    {
        var grain = Grain(shard);
        var last = await grain.StartAsync(assignment);
        tracker.Reported(shard, last);
        if (!last.IsOver)
        {
            await foreach (var report in grain.FollowAsync(tracker.Run, CancellationToken.None).UntilAsync(cancel))
            {
                tracker.Reported(shard, last = report);
                if (last.IsOver)
                {
                    break;
                }
            }
        }

        return last;
    }

    // Asks the shards that ended before this process took over the task; a few at a time, because each costs a read.
    private async Task LearnAsync(CancellationToken stop)
    {
        foreach (var shard in tracker.UnknownShards())
        {
            await UntilAnsweredAsync(shard, grain => grain.StartAsync(Assignment(shard)), stop);
        }
    }

    private Task StopAsync(int shard, CancellationToken stop) =>
        UntilAnsweredAsync(shard, grain => grain.StopAsync(Assignment(shard)), stop);

    // The shard's answer is its final report.
    private async Task UntilAnsweredAsync(int shard, Func<IShardGrain, Task<ShardReport>> ask, CancellationToken stop)
    {
        try
        {
            await new TransientRetry(clock).RunAsync(
                async token => tracker.Reported(shard, await ask(Grain(shard)).WaitAsync(token)),
                exception => Log.Unanswered(logger, tracker.Definition.Id, shard, exception.Message),
                stop
            );
        }
        catch (StoreUnavailableException refusal)
        {
            // The shard's stored state cannot be read, now or later: its last known report stays.
            Log.Unanswered(logger, tracker.Definition.Id, shard, refusal.Message);
        }
    }

    private IShardGrain Grain(int shard) => grains.GetGrain<IShardGrain>(tracker.Shard(shard).Key);

    private ShardAssignment Assignment(int shard, bool isFresh = false) =>
        new(tracker.Definition, tracker.Range(shard), tracker.Run, tracker.HasGood, isFresh);

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "Task {TaskId}: shard {Shard} does not answer just now, asking again: {Problem}"
        )]
        public static partial void Unanswered(ILogger logger, string taskId, int shard, string problem);
    }
}
