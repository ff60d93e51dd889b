using System.Runtime.CompilerServices;
using DataGen.Tasks.Model;
using DataGen.Tasks.Storage;

namespace DataGen.Tasks.Records;

/// <summary>Reads a task's stored records by pages and as a stream in index order, holding only the segments that overlap the place it is at.</summary>
internal sealed class RecordReader(SegmentSpans spans)
{
    /// <summary>The ended records from the <paramref name="offset"/>-th on, by index.</summary>
    public async Task<IReadOnlyList<StoredRecord>> PageByIndexAsync(RecordExtent extent, int offset, int limit, CancellationToken cancellationToken)
    {
        var wanted = Ended(extent).Skip(offset).Take(limit).ToHashSet();
        if (wanted.Count == 0)
        {
            return [];
        }

        int first = wanted.Min(), last = wanted.Max();
        var found = new SortedDictionary<int, StoredRecord>();
        foreach (var span in (await spans.ReadAsync(extent, cancellationToken)).Where(span => span.First <= last && span.Last >= first))
        {
            foreach (var record in (await spans.RequireAsync(extent.Definition.Id, span.Id, cancellationToken)).Records.Where(record => wanted.Contains(record.Index)))
            {
                found[record.Index] = record;
            }
        }

        return [.. found.Values];
    }

    /// <summary>The ended records from the <paramref name="offset"/>-th on, the last stored first.</summary>
    public async Task<IReadOnlyList<StoredRecord>> PageByNewestAsync(RecordExtent extent, int offset, int limit, CancellationToken cancellationToken)
    {
        var page = new List<StoredRecord>();
        await foreach (var segment in spans.NewestFirstAsync(extent, cancellationToken))
        {
            foreach (var record in segment.Records.Reverse())
            {
                if (offset-- <= 0)
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

    /// <summary>The good records in index order.</summary>
    public async IAsyncEnumerable<StoredRecord> GoodByIndexAsync(RecordExtent extent, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ahead = new Queue<SegmentSpan>((await spans.ReadAsync(extent, cancellationToken)).OrderBy(span => span.First));
        var open = new Dictionary<int, StoredRecord>();
        foreach (var index in extent.Good.SelectMany(range => Enumerable.Range(range.First, range.Count)))
        {
            while (ahead.TryPeek(out var span) && span.First <= index)
            {
                ahead.Dequeue();
                foreach (var record in (await spans.RequireAsync(extent.Definition.Id, span.Id, cancellationToken)).Records.Where(record => record.Ok))
                {
                    open[record.Index] = record;
                }
            }

            if (open.Remove(index, out var good))
            {
                yield return good;
            }
            else
            {
                throw new InvalidDataException($"Record {index} of task {extent.Definition.Id} counts as good but is in none of its segments.");
            }
        }
    }

    // In index order: the two sets share no index.
    private static IEnumerable<int> Ended(RecordExtent extent) => extent.Good.Concat(extent.Failed)
        .OrderBy(range => range.First)
        .SelectMany(range => Enumerable.Range(range.First, range.Count));
}
