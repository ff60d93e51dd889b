using DataGen.Tasks.Model;

namespace DataGen.Tasks.Storage;

/// <summary>Removes everything that is kept of a task, its document last: whoever breaks off here is followed by another that finds what is left.</summary>
internal sealed class TaskRemoval(TaskStore store)
{
    private const int AtOnce = 8;
    private const int Batch = 64;

    /// <summary>Removes the segments, their files, and the documents.</summary>
    /// <exception cref="Ratio1.CStore.CStoreException">The store or R1FS failed; what was removed stays so, and it may be repeated.</exception>
    public async Task RemoveAsync(TaskDocument document, CancellationToken cancellationToken)
    {
        if (document.Shards is { Count: var shards })
        {
            for (var number = 0; number < shards; number++)
            {
                var shard = new ShardId(document.Id, number);
                if (await store.ReadShardAsync(shard, cancellationToken) is { } stored)
                {
                    await RemoveSegmentsAsync(shard, stored.State.Epochs, cancellationToken);
                    await store.RemoveShardAsync(shard, cancellationToken);
                }
            }
        }
        else
        {
            await RemoveSegmentsAsync(ShardId.Whole(document.Id), document.Epochs, cancellationToken);
        }

        await store.DeleteTaskAsync(document.Id, cancellationToken);
    }

    private async Task RemoveSegmentsAsync(ShardId shard, IReadOnlyList<EpochExtent> epochs, CancellationToken cancellationToken)
    {
        // Processes that had lost the task may have left segments that no document counts: in any epoch up to those just after the known ones.
        var counted = epochs.ToDictionary(epoch => epoch.Epoch);
        var last = epochs.Count > 0 ? epochs[^1].Epoch : -1;
        foreach (var epoch in Enumerable.Range(0, last + 1 + EpochExtent.LookAhead).Select(epoch => counted.GetValueOrDefault(epoch) ?? new EpochExtent(epoch, 0)))
        {
            // One more than is known of, and on from there as long as there are any.
            var found = true;
            for (var sequence = 0; found || sequence <= epoch.Segments;)
            {
                var ids = Enumerable.Range(sequence, sequence < epoch.Segments ? Math.Min(Batch, epoch.Segments - sequence) : 1).Select(at => new SegmentId(epoch.Epoch, at)).ToArray();
                found = await RemoveAsync(shard, ids, cancellationToken);
                sequence += ids.Length;
            }
        }
    }

    // The files first: a value that is gone names none. False when there was nothing.
    private async Task<bool> RemoveAsync(ShardId shard, SegmentId[] ids, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        var values = new string?[ids.Length];
        await Parallel.ForAsync(0, ids.Length, options, async (at, token) => values[at] = await store.ReadSegmentValueAsync(shard, ids[at], token));
        await store.RemoveFilesAsync(values.OfType<string>(), cancellationToken);
        await Parallel.ForAsync(0, ids.Length, options, async (at, token) =>
        {
            if (values[at] is not null)
            {
                await store.RemoveSegmentAsync(shard, ids[at], token);
            }
        });
        return values.Any(value => value is not null);
    }
}
