using System.Runtime.CompilerServices;
using DataGen.Tasks.Model;
using DataGen.Tasks.Storage;
using Microsoft.Extensions.Caching.Memory;

namespace DataGen.Tasks.Records;

/// <summary>The spans of a task's segments. Each is learnt once, when its segment is first read, and stays true since segments never change.</summary>
internal sealed class SegmentSpans(TaskStore store) : IDisposable
{
    private const long MostSpans = 1_000_000;
    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = MostSpans });

    /// <summary>The spans of all segments that count, oldest first.</summary>
    public async Task<IReadOnlyList<SegmentSpan>> ReadAsync(RecordExtent extent, CancellationToken cancellationToken)
    {
        var spans = new List<SegmentSpan>();
        foreach (var epoch in extent.Epochs)
        {
            for (var sequence = 0; sequence < epoch.Segments; sequence++)
            {
                spans.Add(await FindAsync(extent.Definition.Id, new SegmentId(epoch.Epoch, sequence), cancellationToken));
            }
        }

        return spans;
    }

    /// <summary>The segments that count, newest first, read as they are asked for.</summary>
    public async IAsyncEnumerable<Segment> NewestFirstAsync(RecordExtent extent, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var epoch in extent.Epochs.Reverse())
        {
            for (var sequence = epoch.Segments - 1; sequence >= 0; sequence--)
            {
                yield return await RequireAsync(extent.Definition.Id, new SegmentId(epoch.Epoch, sequence), cancellationToken);
            }
        }
    }

    /// <summary>A segment that must exist.</summary>
    /// <exception cref="DataGen.Ratio1.CStore.CStoreException">The store does not have it (yet: a replica may lag).</exception>
    public async Task<Segment> RequireAsync(string taskId, SegmentId id, CancellationToken cancellationToken) =>
        await store.ReadSegmentAsync(taskId, id, cancellationToken)
        ?? throw new DataGen.Ratio1.CStore.CStoreException($"Segment {id.Epoch}-{id.Sequence} of task {taskId} is not in the store.", isTransient: true);

    public void Dispose() => cache.Dispose();

    private async Task<SegmentSpan> FindAsync(string taskId, SegmentId id, CancellationToken cancellationToken)
    {
        if (cache.TryGetValue((taskId, id), out SegmentSpan known))
        {
            return known;
        }

        var segment = await RequireAsync(taskId, id, cancellationToken);
        var span = new SegmentSpan(id, segment.First, segment.Last, segment.Records.Count);
        cache.Set((taskId, id), span, new MemoryCacheEntryOptions { Size = 1 });
        return span;
    }
}
