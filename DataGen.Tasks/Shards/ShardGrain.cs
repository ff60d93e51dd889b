using System.Runtime.CompilerServices;
using DataGen.Tasks.Distinct;
using DataGen.Tasks.Failures;
using DataGen.Tasks.Model;
using DataGen.Tasks.Storage;
using DataGen.Tasks.Telemetry;
using Orleans.Placement;

namespace DataGen.Tasks.Shards;

[RandomPlacement]
internal sealed class ShardGrain(
    TaskStore store,
    RunnerLeases leases,
    TasksMetrics metrics,
    TimeProvider clock,
    ILogger<ShardGrain> logger
) : Grain, IShardGrain, IAsyncDisposable
{
    private ShardExecution? execution;
    private ShardDocument? document;

    private ShardId Id => ShardId.Parse(this.GetPrimaryKeyString());

    public async Task<ShardReport> StartAsync(ShardAssignment assignment)
    {
        if (
            execution is { IsIdle: false } known
            && known.Run == assignment.Run
            && !(known.MayBeWrong && assignment.Proven)
        )
        {
            return known.Report();
        }

        if (execution?.Run > assignment.Run)
        {
            throw LaterRun(assignment);
        }

        var tracker = await LoadAsync(assignment);
        if (document is { Ended: true } ended && ended.Run == assignment.Run)
        {
            return tracker.Report(assignment.Run, ended: true, null);
        }

        if (document is { } before && before.Run < assignment.Run)
        {
            tracker.ForgetFailures();
        }

        execution = new ShardExecution(tracker, assignment, store, leases, GrainFactory, metrics, clock, logger);
        execution.Start();
        DelayDeactivation(Timeout.InfiniteTimeSpan);
        _ = ReleaseAsync(execution);
        return execution.Report();
    }

    public async IAsyncEnumerable<ShardReport> FollowAsync(
        int run,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        if (execution is { IsIdle: false } followed && followed.Run == run)
        {
            await foreach (var report in followed.FollowAsync(cancellationToken))
            {
                yield return report;
            }
        }
    }

    public async Task<ShardReport> StopAsync(ShardAssignment assignment)
    {
        if (execution is { } running)
        {
            running.Cancel();
            await running.Settled;
            if (running.IsStored)
            {
                return running.Report();
            }
        }

        var tracker = await LoadAsync(assignment);
        var ended = document is { Ended: true } && document.Run == assignment.Run;
        if (!ended && (document is not null || tracker.IsTouched))
        {
            // Segments that another process stored after its last checkpoint count from now on. The document is stored,
            // so that readers find them too.
            var found = new ShardDocument(document?.Run ?? assignment.Run, false, tracker.State());
            await store.WriteShardAsync(Id, found, CancellationToken.None);
            document = found;
        }

        return tracker.Report(assignment.Run, ended, null);
    }

    public async Task<ShardReport> WithdrawAsync(ShardAssignment assignment, Repeat[] repeats)
    {
        var tracker = await LoadAsync(assignment);
        tracker.Withdraw(repeats);
        var left = new ShardDocument(assignment.Run, false, tracker.State());
        await store.WriteShardAsync(Id, left, CancellationToken.None);
        document = left;
        return tracker.Report(assignment.Run, ended: false, null);
    }

    public async Task<RecordExtent> GetExtentAsync()
    {
        if (execution is { } running)
        {
            return running.Extent();
        }

        var stored = document ?? await store.ReadShardAsync(Id, CancellationToken.None);

        // An execution may have begun or ended during the read. Its state is newer than what was read.
        document ??= stored;
        return execution is { } begun ? begun.Extent()
            : document is { } known ? known.State.Extent(Id)
            : new RecordExtent(Id, [], [], []);
    }

    public async Task ForgetAsync()
    {
        await DisposeAsync();
        DeactivateOnIdle();
    }

    /// <summary>If the shard is unfinished, another process continues it.</summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        await DisposeAsync();

    /// <summary>Gives up the work of this process; a second call does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (execution is { } running)
        {
            execution = null;
            await running.DisposeAsync();
        }
    }

    private async Task<ShardTracker> LoadAsync(ShardAssignment assignment)
    {
        await DisposeAsync();
        document = assignment.Fresh ? null : await store.ReadShardAsync(Id, CancellationToken.None);
        if (document?.Run > assignment.Run)
        {
            throw LaterRun(assignment);
        }

        try
        {
            var state = document?.State ?? ShardState.Empty;
            var tracker = new ShardTracker(Id, assignment.Task, assignment.Range, state, clock);
            if (!assignment.Fresh && document is not { Ended: true })
            {
                await tracker.RecoverAsync(store, CancellationToken.None);
            }

            return tracker;
        }
        catch (FormatException exception)
        {
            throw new StoreUnavailableException(
                $"What is stored for {Id} is no shard: {exception.Message}",
                isTransient: false
            );
        }
    }

    private StoreUnavailableException LaterRun(ShardAssignment assignment) =>
        new($"{Id} is in a later run than {assignment.Run}.");

    // After the shard has ended, the grain may be collected when it is idle.
    private async Task ReleaseAsync(ShardExecution ended)
    {
        await ended.Settled;
        if (ReferenceEquals(execution, ended))
        {
            DelayDeactivation(TimeSpan.Zero);
        }
    }
}
