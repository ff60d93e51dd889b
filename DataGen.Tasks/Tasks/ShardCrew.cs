using System.Collections.Concurrent;
using DataGen.Tasks.Failures;
using DataGen.Tasks.Model;
using DataGen.Tasks.Shards;

namespace DataGen.Tasks.Tasks;

/// <summary>
/// Has a large task made by the grains of its shards, a few at a time, wherever in the cluster they live. Asking a
/// shard how it stands is also what revives
/// it: one whose process died answers from another process that it knows nothing, and is started there.
/// </summary>
internal sealed partial class ShardCrew(TaskTracker tracker, IGrainFactory grains, TimeProvider clock, ILogger logger)
{
    // Enough to keep several Runners busy; few enough that the window to the store stays small.
    private const int AtWork = 8;
    private const string Moving = "A part of the task is being taken up by another process.";
    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(0.5);

    /// <summary>Returns when every shard has ended, when an answer ended the task, or when it was cancelled; what had
    /// ended by then is stored.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/>: this process gives the task up; its shards
    /// go on.</exception>
    public async Task<RunOutcome> RunAsync(CancellationToken cancel, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var open = new ConcurrentQueue<int>(tracker.OpenShards());
        string? fatal = null;

        var learning = LearnAsync(stop);

        // A bound on the calls of a task is kept by one stream at a time.
        await Task.WhenAll(
            Enumerable.Range(0, tracker.Definition.Concurrency is null ? AtWork : 1).Select(_ => WorkAsync())
        );
        stop.ThrowIfCancellationRequested();
        if (ending.IsCancellationRequested)
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = AtWork, CancellationToken = stop };
            await Parallel.ForEachAsync(open, options, async (shard, _) => await EndUnlessIdleAsync(shard, stop));
        }

        await learning;
        return new RunOutcome(fatal);

        async Task WorkAsync()
        {
            while (!ending.IsCancellationRequested && open.TryDequeue(out var shard))
            {
                if (await FollowAsync(shard, ending.Token, stop) is { } reason)
                {
                    fatal ??= reason;
                    await ending.CancelAsync();
                }
            }
        }
    }

    // The reason of the fatal answer that ended it, if one did. Cancelled, it is stopped.
    private async Task<string?> FollowAsync(int shard, CancellationToken cancel, CancellationToken stop)
    {
        var askedAgain = false;
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                if (await AskAsync(shard, cancel) is { } report)
                {
                    tracker.Reported(shard, report);
                    if (report.FatalReason is not null && !askedAgain)
                    {
                        // Where other shards have good records a rejected call fails a record only; it may not have
                        // known of them.
                        askedAgain = true;
                        await Task.Delay(PollEvery, clock, cancel)
                            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                        tracker.Reported(shard, await Grain(shard).StartAsync(Assignment(shard)));
                    }
                    else if (report.Ended || report.FatalReason is not null)
                    {
                        return report.FatalReason;
                    }
                }
            }
            catch (Exception exception) when (exception.IsTransient())
            {
                Log.Unanswered(logger, tracker.Definition.Id, shard, exception.Message);
                tracker.CrewWaits(Moving);
            }
            catch (StoreUnavailableException refusal)
            {
                return refusal.Message;
            }

            await Task.Delay(PollEvery, clock, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!stop.IsCancellationRequested)
        {
            await EndAsync(shard, async grain => await grain.StopAsync(Assignment(shard)), stop);
        }

        return null;
    }

    // Null: it does not work, and is not to be started any more.
    private async Task<ShardReport?> AskAsync(int shard, CancellationToken cancel)
    {
        var grain = Grain(shard);
        return await grain.ReportAsync(tracker.Run)
            ?? (cancel.IsCancellationRequested ? null : await grain.StartAsync(Assignment(shard)));
    }

    // An earlier process may have started shards that this one has not come to, and of which the task's document does
    // not know yet.
    private async Task EndUnlessIdleAsync(int shard, CancellationToken stop)
    {
        if (tracker.IsTouched(shard))
        {
            await EndAsync(shard, async grain => await grain.StopAsync(Assignment(shard)), stop);
        }
        else
        {
            await EndAsync(
                shard,
                async grain =>
                    await grain.ReportAsync(tracker.Run) is null ? null : await grain.StopAsync(Assignment(shard)),
                stop
            );
        }
    }

    // What ended before this process took the task up: a few at a time, since they cost a read each.
    private async Task LearnAsync(CancellationToken stop)
    {
        foreach (var shard in tracker.UnknownShards())
        {
            await EndAsync(shard, async grain => await grain.StartAsync(Assignment(shard)), stop);
        }
    }

    // Until the shard has answered: what it says then is how it stays.
    private async Task EndAsync(int shard, Func<IShardGrain, Task<ShardReport?>> ask, CancellationToken stop)
    {
        try
        {
            await new TransientRetry(clock).RunAsync(
                async token =>
                {
                    if (await ask(Grain(shard)).WaitAsync(token) is { } report)
                    {
                        tracker.Reported(shard, report);
                    }
                },
                exception => Log.Unanswered(logger, tracker.Definition.Id, shard, exception.Message),
                stop
            );
        }
        catch (StoreUnavailableException refusal)
        {
            // What is stored for it cannot be read, now or later: it stays as it was last known.
            Log.Unanswered(logger, tracker.Definition.Id, shard, refusal.Message);
        }
    }

    private IShardGrain Grain(int shard) =>
        grains.GetGrain<IShardGrain>(new ShardId(tracker.Definition.Id, shard).ToString());

    private ShardAssignment Assignment(int shard) =>
        new(tracker.Definition, tracker.Range(shard), tracker.Run, tracker.HasGood);

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "Task {TaskId}: shard {Shard} does not answer just now, asking again: {Problem}"
        )]
        public static partial void Unanswered(ILogger logger, string taskId, int shard, string problem);
    }
}
