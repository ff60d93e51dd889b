using System.Runtime.CompilerServices;
using DataGen.Tasks.Model;
using DataGen.Tasks.Storage;
using DataGen.Tasks.Tasks;

namespace DataGen.Tasks.Records;

/// <summary>The segments of a task, newest first. A shard is read only when all segments that are newer than the
/// shard's newest one have been read.</summary>
internal sealed class NewestSegments(SegmentSpans spans, IGrainFactory grains)
{
    /// <summary>Every segment that counts, with the extent of its shard, newest first; read on demand.</summary>
    public async IAsyncEnumerable<(RecordExtent Extent, Segment Segment)> ReadAsync(
        RecordLayout layout,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var unopened = new Queue<(int Number, DateTimeOffset At)>(
            layout
                .Shards.Select((shard, number) => (Number: number, At: shard.LastStoredAt ?? default, shard.Ended))
                .Where(shard => shard.Ended > 0)
                .Select(shard => (shard.Number, shard.At))
                .OrderByDescending(shard => shard.At)
        );
        var heads = new PriorityQueue<(RecordExtent Extent, IAsyncEnumerator<Segment> Segments), long>();
        try
        {
            while (unopened.Count > 0 || heads.Count > 0)
            {
                if (
                    unopened.TryPeek(out var shard)
                    && !(heads.TryPeek(out _, out var newest) && -newest >= shard.At.UtcTicks)
                )
                {
                    unopened.Dequeue();
                    var extent = await grains.ExtentAsync(layout.Shard(shard.Number));
                    await EnqueueAsync(
                        extent,
                        OfShardAsync(extent, cancellationToken).GetAsyncEnumerator(cancellationToken)
                    );
                    continue;
                }

                var (of, rest) = heads.Dequeue();
                yield return (of, rest.Current);
                await EnqueueAsync(of, rest);
            }
        }
        finally
        {
            foreach (var (head, _) in heads.UnorderedItems)
            {
                await head.Segments.DisposeAsync();
            }
        }

        async ValueTask EnqueueAsync(RecordExtent extent, IAsyncEnumerator<Segment> rest)
        {
            if (await rest.MoveNextAsync())
            {
                heads.Enqueue((extent, rest), -(rest.Current.StoredAt?.UtcTicks ?? 0));
            }
            else
            {
                await rest.DisposeAsync();
            }
        }
    }

    private async IAsyncEnumerable<Segment> OfShardAsync(
        RecordExtent extent,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var epoch in extent.Epochs.Reverse())
        {
            for (var sequence = epoch.Segments - 1; sequence >= 0; sequence--)
            {
                yield return await spans.RequireAsync(
                    extent.Id,
                    new SegmentId(epoch.Epoch, sequence),
                    cancellationToken
                );
            }
        }
    }
}
