using DataGen.Tasks.Curation;
using DataGen.Tasks.Model;
using DataGen.Tasks.Storage;

namespace DataGen.Tasks.Tasks;

/// <summary>Removes everything that is stored of a task, its document last: a process that continues an interrupted
/// removal finds what is left.</summary>
internal sealed class TaskRemoval(TaskStore store, IGrainFactory grains)
{
    private const int AtOnce = 8;
    private const int Batch = 64;

    /// <summary>Removes the segments, their files, and the documents.</summary>
    /// <exception cref="Ratio1.Ratio1Exception">The store or R1FS failed. What was removed stays removed, and the call
    /// may be repeated.</exception>
    public async Task RemoveAsync(TaskDocument document, CancellationToken cancellationToken)
    {
        var plan = new ShardPlan(document.Count, document.Shards!);
        for (var number = 0; number < document.Shards!.Count; number++)
        {
            // A shard whose document was never written may still have segments.
            var shard = plan.Id(document.Id, number);
            var stored = await store.ReadShardAsync(shard, cancellationToken);
            await RemoveSegmentsAsync(shard, (stored?.State ?? ShardState.Empty).Epochs, cancellationToken);
            if (stored is not null)
            {
                await store.RemoveShardAsync(shard, cancellationToken);
            }
        }

        await store.RemoveBudgetAsync(document.Id, cancellationToken);
        if (document.Curated)
        {
            await grains.GetGrain<ICurationGrain>(document.Id).RemoveAsync().WaitAsync(cancellationToken);
        }

        await store.DeleteTaskAsync(document.Id, cancellationToken);
    }

    private async Task RemoveSegmentsAsync(
        ShardId shard,
        IReadOnlyList<EpochExtent> epochs,
        CancellationToken cancellationToken
    )
    {
        // Processes that had lost the task may have left segments that no document counts: in any epoch up to a few
        // after the known ones.
        var counted = epochs.ToDictionary(epoch => epoch.Epoch);
        var last = epochs.Count > 0 ? epochs[^1].Epoch : -1;
        foreach (
            var epoch in Enumerable
                .Range(0, last + 1 + EpochExtent.LookAhead)
                .Select(epoch => counted.GetValueOrDefault(epoch) ?? new EpochExtent(epoch, 0))
        )
        {
            // Segments that no document counts directly follow those that count. They are removed from the end, so that
            // an interrupted removal leaves no gap.
            var end = epoch.Segments;
            while (
                await store.ReadSegmentValueAsync(shard, new SegmentId(epoch.Epoch, end), cancellationToken) is not null
            )
            {
                end++;
            }

            while (end > epoch.Segments)
            {
                await RemoveAsync(shard, [new SegmentId(epoch.Epoch, --end)], cancellationToken);
            }

            foreach (var batch in Enumerable.Range(0, epoch.Segments).Chunk(Batch))
            {
                await RemoveAsync(
                    shard,
                    [.. batch.Select(sequence => new SegmentId(epoch.Epoch, sequence))],
                    cancellationToken
                );
            }
        }
    }

    // The files are removed first: once a value is gone, nothing names its file.
    private async Task RemoveAsync(ShardId shard, SegmentId[] ids, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        var values = new string?[ids.Length];
        await Parallel.ForAsync(
            0,
            ids.Length,
            options,
            async (at, token) => values[at] = await store.ReadSegmentValueAsync(shard, ids[at], token)
        );
        await store.RemoveFilesAsync(values.OfType<string>(), cancellationToken);
        await Parallel.ForAsync(
            0,
            ids.Length,
            options,
            async (at, token) =>
            {
                if (values[at] is not null)
                {
                    await store.RemoveSegmentAsync(shard, ids[at], token);
                }
            }
        );
    }
}
