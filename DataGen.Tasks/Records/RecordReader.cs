using System.Runtime.CompilerServices;
using DataGen.Tasks.Distinct;
using DataGen.Tasks.Model;
using DataGen.Tasks.Storage;
using DataGen.Tasks.Tasks;

namespace DataGen.Tasks.Records;

/// <summary>Reads a task's stored records by pages and as a stream in index order. It holds only the segments that
/// overlap its present place.</summary>
internal sealed class RecordReader(SegmentSpans spans, NewestSegments newest, IGrainFactory grains) : IStoredRecords
{
    // How many segments are being read while one is written out.
    private const int ReadAhead = 4;

    /// <summary>The ended records from the <paramref name="offset"/>-th on, by index.</summary>
    public async Task<IReadOnlyList<StoredRecord>> PageByIndexAsync(
        RecordLayout layout,
        int offset,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var page = new List<StoredRecord>();
        for (var number = 0; number < layout.Shards.Length && page.Count < limit; number++)
        {
            var ended = layout.Shards[number].Ended;
            if (offset < ended)
            {
                page.AddRange(
                    await PageAsync(
                        await grains.ExtentAsync(layout.Shard(number)),
                        offset,
                        limit - page.Count,
                        cancellationToken
                    )
                );
            }

            offset = Math.Max(0, offset - ended);
        }

        return page;
    }

    /// <summary>The ended records from the <paramref name="offset"/>-th on, the last stored first.</summary>
    public async Task<IReadOnlyList<StoredRecord>> PageByNewestAsync(
        RecordLayout layout,
        int offset,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var page = new List<StoredRecord>();
        var seen = new HashSet<int>();
        await foreach (var (extent, segment) in newest.ReadAsync(layout, cancellationToken))
        {
            foreach (var record in segment.Records.Reverse())
            {
                // A failed record that was made again no longer counts as failed.
                var counts =
                    IndexRanges.Contains(record.Ok ? extent.Good : extent.Failed, record.Index)
                    && seen.Add(record.Index);
                if (counts && offset-- <= 0)
                {
                    page.Add(record);
                }

                if (page.Count == limit)
                {
                    return page;
                }
            }
        }

        return page;
    }

    /// <summary>What is stored of a task's shards. Each shard is asked when it is needed and its answer is kept, so
    /// that a second reading gives the same.</summary>
    public IReadOnlyList<Lazy<Task<RecordExtent>>> Extents(RecordLayout layout) =>
        [
            .. layout.Shards.Select(
                (_, number) => new Lazy<Task<RecordExtent>>(() => grains.ExtentAsync(layout.Shard(number)))
            ),
        ];

    /// <summary>The good records of some indices, in index order, as they were generated; an index without one is left
    /// out.</summary>
    public async Task<IReadOnlyList<StoredRecord>> GoodAsync(
        RecordLayout layout,
        IReadOnlyCollection<int> indices,
        CancellationToken cancellationToken
    )
    {
        var found = new List<StoredRecord>();
        foreach (var shard in Extents(layout))
        {
            if (found.Count == indices.Count)
            {
                break;
            }

            var extent = await shard.Value;
            var wanted = indices.Where(index => IndexRanges.Contains(extent.Good, index)).ToHashSet();
            found.AddRange(await ReadAsync(extent, wanted, cancellationToken));
        }

        return found;
    }

    /// <summary>The good records in index order.</summary>
    public async IAsyncEnumerable<StoredRecord> GoodByIndexAsync(
        IReadOnlyList<Lazy<Task<RecordExtent>>> extents,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var extent in extents)
        {
            await foreach (var record in GoodByIndexAsync(await extent.Value, cancellationToken))
            {
                yield return record;
            }
        }
    }

    public async IAsyncEnumerable<StoredRecord> GoodByIndexAsync(
        string taskId,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        if (await grains.GetGrain<ITaskGrain>(taskId).GetLayoutAsync() is { } layout)
        {
            await foreach (var record in GoodByIndexAsync(Extents(layout), cancellationToken))
            {
                yield return record;
            }
        }
    }

    private async IAsyncEnumerable<StoredRecord> GoodByIndexAsync(
        RecordExtent extent,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var ahead = new Queue<SegmentSpan>(
            (await spans.ReadAsync(extent, cancellationToken)).OrderBy(span => span.First)
        );
        var reading = new Queue<(int First, Task<Segment> Segment)>();
        var open = new Dictionary<int, (SegmentId From, StoredRecord Record)>();
        foreach (var index in extent.Good.SelectMany(range => Enumerable.Range(range.First, range.Count)))
        {
            while (true)
            {
                while (reading.Count < ReadAhead && ahead.TryDequeue(out var span))
                {
                    reading.Enqueue((span.First, spans.RequireAsync(extent.Id, span.Id, cancellationToken)));
                }

                if (!reading.TryPeek(out var next) || next.First > index)
                {
                    break;
                }

                // The later record counts: an earlier one repeated another record and was made again.
                var segment = await reading.Dequeue().Segment;
                foreach (var record in segment.Records.Where(record => record.Ok))
                {
                    if (!open.TryGetValue(record.Index, out var other) || segment.Id.IsAfter(other.From))
                    {
                        open[record.Index] = (segment.Id, record);
                    }
                }
            }

            if (open.Remove(index, out var good))
            {
                yield return good.Record;
            }
            else
            {
                throw new InvalidDataException(
                    $"Record {index} of task {extent.Id} counts as good but is in none of its segments."
                );
            }
        }
    }

    private async Task<IReadOnlyList<StoredRecord>> PageAsync(
        RecordExtent extent,
        int offset,
        int limit,
        CancellationToken cancellationToken
    )
    {
        return await ReadAsync(extent, Ended(extent).Skip(offset).Take(limit).ToHashSet(), cancellationToken);
    }

    private async Task<IReadOnlyList<StoredRecord>> ReadAsync(
        RecordExtent extent,
        HashSet<int> wanted,
        CancellationToken cancellationToken
    )
    {
        if (wanted.Count == 0)
        {
            return [];
        }

        int first = wanted.Min(),
            last = wanted.Max();
        var found = new SortedDictionary<int, StoredRecord>();
        foreach (
            var span in (await spans.ReadAsync(extent, cancellationToken)).Where(span =>
                span.First <= last && span.Last >= first
            )
        )
        {
            foreach (
                var record in (await spans.RequireAsync(extent.Id, span.Id, cancellationToken)).Records.Where(record =>
                    wanted.Contains(record.Index)
                )
            )
            {
                // The later record counts: a failed record may have been made again.
                if (record.Ok == IndexRanges.Contains(extent.Good, record.Index))
                {
                    found[record.Index] = record;
                }
            }
        }

        return [.. found.Values];
    }

    // In index order; the two sets share no index.
    private static IEnumerable<int> Ended(RecordExtent extent) =>
        extent
            .Good.Concat(extent.Failed)
            .OrderBy(range => range.First)
            .SelectMany(range => Enumerable.Range(range.First, range.Count));
}
