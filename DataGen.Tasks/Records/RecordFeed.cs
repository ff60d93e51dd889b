using System.Runtime.CompilerServices;
using DataGen.Contracts;
using DataGen.Tasks.Curation;
using DataGen.Tasks.Model;
using DataGen.Tasks.Storage;
using DataGen.Tasks.Tasks;
using Google.Protobuf;

namespace DataGen.Tasks.Records;

/// <summary>Sends the records of a task that a reader with a copy does not have yet. Segments never change, so only new
/// ones are sent.</summary>
internal sealed class RecordFeed(SegmentSpans spans, RecordReader records, IGrainFactory grains)
{
    // How many segments are being read while one is sent.
    private const int ReadAhead = 4;
    private const int ShardsAhead = 8;

    /// <summary>The good records of the segments that the reader does not have, shard by shard, each shard followed by
    /// the list of its records that count.</summary>
    public async IAsyncEnumerable<FollowReply> ReadAsync(
        RecordLayout layout,
        FollowRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var known = request.Have.ToDictionary(
            position => (position.Shard, position.Epoch),
            position => position.Segments
        );
        var extents = new Queue<Task<RecordExtent>>();
        var hasNew = false;
        for (var (number, asked) = (0, 0); number < layout.Shards.Length; number++)
        {
            for (; asked < Math.Min(layout.Shards.Length, number + ShardsAhead); asked++)
            {
                extents.Enqueue(grains.ExtentAsync(layout.Shard(asked)));
            }

            var extent = await extents.Dequeue();
            await foreach (var segment in NewSegmentsAsync(extent, known, cancellationToken))
            {
                hasNew = true;
                yield return new FollowReply { Segment = ToProto(extent.Id, segment) };
            }

            var shard = new ShardRecords { Shard = extent.Id.Key };
            shard.Good.AddRange(extent.Good.Select(range => range.ToProto()));
            yield return new FollowReply { Shard = shard };
        }

        var curated = await grains.CurationAsync(layout.Definition);
        if (curated.Version != request.Curation || (hasNew && curated.Version != 0))
        {
            yield return new FollowReply
            {
                Curated = await ToProtoAsync(layout, curated, request.Curated, cancellationToken),
            };
        }
    }

    // All changes of records, and the generated record of those that are no longer changed.
    private async Task<Contracts.CuratedRecords> ToProtoAsync(
        RecordLayout layout,
        Curation.CuratedRecords curated,
        IEnumerable<int> have,
        CancellationToken cancellationToken
    )
    {
        var restored = have.Where(index => curated[index].Change == Curation.RecordChange.None).ToHashSet();
        var reply = new Contracts.CuratedRecords { Version = curated.Version };
        foreach (var record in await records.GoodAsync(layout, restored, cancellationToken))
        {
            reply.Records.Add(
                new Contracts.CuratedRecord
                {
                    Index = record.Index,
                    Curation = curated[record.Index].ToProto(),
                    Data = UnsafeByteOperations.UnsafeWrap(record.Data!.Value),
                }
            );
        }

        foreach (var (index, record) in curated.ByIndex.Where(record => !restored.Contains(record.Key)))
        {
            var told = new Contracts.CuratedRecord { Index = index, Curation = record.ToProto() };
            if (record.Data is { } data)
            {
                told.Data = ByteString.CopyFromUtf8(data);
            }

            reply.Records.Add(told);
        }

        return reply;
    }

    private async IAsyncEnumerable<Segment> NewSegmentsAsync(
        RecordExtent extent,
        Dictionary<(string Shard, int Epoch), int> known,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var wanted = new Queue<SegmentId>(
            from epoch in extent.Epochs
            let first = known.GetValueOrDefault((extent.Id.Key, epoch.Epoch))
            from sequence in Enumerable.Range(first, Math.Max(0, epoch.Segments - first))
            select new SegmentId(epoch.Epoch, sequence)
        );
        var reading = new Queue<Task<Segment>>();
        while (wanted.Count > 0 || reading.Count > 0)
        {
            while (reading.Count < ReadAhead && wanted.TryDequeue(out var id))
            {
                reading.Enqueue(spans.RequireAsync(extent.Id, id, cancellationToken));
            }

            yield return await reading.Dequeue();
        }
    }

    private static SegmentRecords ToProto(ShardId shard, Segment segment)
    {
        var records = new SegmentRecords
        {
            Shard = shard.Key,
            Epoch = segment.Id.Epoch,
            Sequence = segment.Id.Sequence,
        };
        foreach (var record in segment.Records)
        {
            if (record.Data is { } data)
            {
                records.Indices.Add(record.Index);
                records.Data.Add(UnsafeByteOperations.UnsafeWrap(data));
            }
        }

        return records;
    }
}
