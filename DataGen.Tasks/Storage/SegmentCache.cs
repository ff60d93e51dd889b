using DataGen.Tasks.Model;
using Microsoft.Extensions.Caching.Memory;

namespace DataGen.Tasks.Storage;

/// <summary>Segments that were recently written or read. Segments never change, so a cached one is never stale. The
/// cache is bounded by bytes.</summary>
internal sealed class SegmentCache : IDisposable
{
    private const long LargestTotal = 64L << 20;
    private const int PerRecordOverhead = 120;
    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = LargestTotal });

    public Segment? Find(ShardId shard, SegmentId id) =>
        cache.TryGetValue((shard, id), out Segment? segment) ? segment : null;

    public void Keep(ShardId shard, Segment segment)
    {
        var size = segment.Records.Sum(record =>
            PerRecordOverhead + (long)(record.Data?.Length ?? record.Error?.Length ?? 0)
        );
        cache.Set((shard, segment.Id), segment, new MemoryCacheEntryOptions { Size = size });
    }

    public void Dispose() => cache.Dispose();
}
