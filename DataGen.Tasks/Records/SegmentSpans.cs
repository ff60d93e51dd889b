using DataGen.Ratio1.CStore;
using DataGen.Tasks.Model;
using DataGen.Tasks.Storage;
using Microsoft.Extensions.Caching.Memory;

namespace DataGen.Tasks.Records;

/// <summary>The spans of a shard's segments. A span is learned when its segment is first read, and stays valid because
/// segments never change.</summary>
internal sealed class SegmentSpans(TaskStore store) : IDisposable
{
    private const long MostSpans = 500_000;
    private const int AtOnce = 8;
    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = MostSpans });

    /// <summary>The spans of all segments that count, oldest first.</summary>
    public async Task<IReadOnlyList<SegmentSpan>> ReadAsync(RecordExtent extent, CancellationToken cancellationToken)
    {
        var ids = extent
            .Epochs.SelectMany(epoch =>
                Enumerable.Range(0, epoch.Segments).Select(sequence => new SegmentId(epoch.Epoch, sequence))
            )
            .ToArray();
        var spans = new SegmentSpan[ids.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(
            0,
            ids.Length,
            options,
            async (at, token) => spans[at] = await FindAsync(extent.Id, ids[at], token)
        );
        return spans;
    }

    /// <summary>Reads a segment that must exist.</summary>
    /// <exception cref="CStoreException">The store does not have it, or not yet: a replica may lag.</exception>
    public async Task<Segment> RequireAsync(ShardId shard, SegmentId id, CancellationToken cancellationToken) =>
        await store.ReadSegmentAsync(shard, id, cancellationToken)
        ?? throw new CStoreException($"Segment {id} of task {shard} is not in the store.", isTransient: true);

    public void Dispose() => cache.Dispose();

    private async ValueTask<SegmentSpan> FindAsync(ShardId shard, SegmentId id, CancellationToken cancellationToken)
    {
        if (cache.TryGetValue((shard, id), out SegmentSpan known))
        {
            return known;
        }

        var segment = await RequireAsync(shard, id, cancellationToken);
        var span = new SegmentSpan(id, segment.First, segment.Last, segment.Records.Count);
        cache.Set((shard, id), span, new MemoryCacheEntryOptions { Size = 1 });
        return span;
    }
}
