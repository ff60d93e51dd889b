using DataGen.Contracts;
using DataGen.Formats;
using DuckDB.NET.Data;
using Google.Protobuf;
using Grpc.Core;

namespace DataGen.Explorer.Datasets;

/// <summary>A copy of one task's records, which is brought up to date when it is asked: only new segments are sent.
/// After any failure the copy is made again, which is all that the failure costs.</summary>
internal sealed class Dataset(string id, DatasetFolder folder, TimeProvider clock) : IDisposable
{
    // How many bytes are added in one transaction.
    private const int BatchBytes = 8 << 20;
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    // How long a caller waits that accepts a partial answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim following = new(1);
    private readonly Dictionary<(string Shard, int Epoch), int> have = [];
    private readonly Dictionary<string, (int First, int Last)> extents = [];
    private RecordTable? table;
    private Dictionary<int, Curation> curated = [];
    private ulong curation;

    // Whether the table differs from the latest snapshot; also after a caller left before a new snapshot was made.
    private bool isChanged = true;
    private DatasetSnapshot? latest;

    /// <summary>Whether its file is open.</summary>
    public bool IsOpen => table is { IsOpen: true };

    /// <summary>Bytes on disk.</summary>
    public long Size => table?.Size ?? 0;

    /// <summary>The dataset's snapshot, at most a second old.</summary>
    /// <param name="tasks">The client that calls Tasks as the caller.</param>
    /// <param name="owner">The task's owner, where that is another user.</param>
    /// <param name="allowPartial">Whether a snapshot without the latest records is accepted: when they have been
    /// arriving for a second and there are more, or when another caller has waited that long for them.</param>
    /// <param name="cancellationToken">Ends the wait. The records that have arrived are kept.</param>
    /// <exception cref="RpcException">Tasks cannot be reached, or knows no such task of this caller.</exception>
    /// <exception cref="TooManyColumnsException">Its records have too many different members.</exception>
    public async Task<DatasetSnapshot> RefreshAsync(
        TasksClient tasks,
        string owner,
        bool allowPartial,
        CancellationToken cancellationToken
    )
    {
        var before = latest;
        if (
            !await following.WaitAsync(
                allowPartial && before is not null ? Patience : Timeout.InfiniteTimeSpan,
                cancellationToken
            )
        )
        {
            return before! with { IsPartial = true };
        }

        try
        {
            table?.Open();
            if (!IsFresh)
            {
                latest = await FollowAsync(tasks, owner, allowPartial, cancellationToken);
            }

            return latest!;
        }
        catch (Exception exception)
            when (exception is DuckDBException or InvalidDataException or IOException or TooManyColumnsException)
        {
            Reset();
            throw;
        }
        finally
        {
            following.Release();
        }
    }

    /// <summary>Reads the table, which <see cref="RefreshAsync"/> has made.</summary>
    public T Read<T>(Func<DuckDBConnection, T> question) => (table ?? throw new DatasetLostException()).Read(question);

    /// <summary>Closes the file while no question is asked.</summary>
    public void Close() => table?.Close();

    public void Dispose()
    {
        Reset();
        following.Dispose();
    }

    private bool IsFresh =>
        latest is { IsPartial: false } snapshot && (clock.GetUtcNow() - snapshot.AsOf).Duration() < Freshness;

    private async Task<DatasetSnapshot> FollowAsync(
        TasksClient tasks,
        string owner,
        bool allowPartial,
        CancellationToken cancellationToken
    )
    {
        var asOf = clock.GetUtcNow();
        var request = new FollowRequest
        {
            Id = id,
            Owner = owner,
            Curation = curation,
        };
        request.Curated.AddRange(
            curated.Where(record => record.Value.Change != RecordChange.None).Select(record => record.Key)
        );
        request.Have.AddRange(
            have.Select(position => new EpochPosition
            {
                Shard = position.Key.Shard,
                Epoch = position.Key.Epoch,
                Segments = position.Value,
            })
        );
        using var deadline = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        using var call = tasks.Follow(request, cancellationToken: ending.Token);
        var batch = new SegmentBatch();
        GenerationTask? task = null;
        var (isArmed, isPartial) = (false, false);
        try
        {
            await foreach (var reply in call.ResponseStream.ReadAllAsync(ending.Token))
            {
                switch (reply.PartCase)
                {
                    case FollowReply.PartOneofCase.Task:
                        task = reply.Task;
                        table ??= new RecordTable(folder.NewFile(), KnownColumns.Of(task.Spec));
                        break;
                    case FollowReply.PartOneofCase.Segment:
                        // The wait is limited only after the first segment: each call has to bring the copy further,
                        // and a call without a new segment ends by itself.
                        if (allowPartial && !isArmed)
                        {
                            isArmed = true;
                            deadline.CancelAfter(Patience);
                        }

                        isChanged = true;
                        curation = 0; // a record that comes takes the place of what people made of it, until that comes again
                        batch.Add(reply.Segment);
                        if (batch.Bytes >= BatchBytes)
                        {
                            Store(batch);
                        }

                        break;
                    case FollowReply.PartOneofCase.Shard:
                        Store(batch);
                        isChanged |= Keep(reply.Shard);
                        break;
                    case FollowReply.PartOneofCase.Curated:
                        isChanged = true;
                        Apply(reply.Curated);
                        break;
                }
            }
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or RpcException
                && deadline.IsCancellationRequested
                && !cancellationToken.IsCancellationRequested
            )
        {
            // The status may be any: if Tasks has a problem, the next call reports it.
            Store(batch);
            isPartial = true;
        }

        // A snapshot is read while the table changes, so it gets a copy.
        var present = isChanged || latest is null ? table!.Present.Copy() : latest.Present;
        isChanged = isPartial;
        return new DatasetSnapshot(
            task ?? throw new InvalidDataException("Tasks sent no task."),
            table!.Columns,
            present,
            asOf,
            curated,
            isPartial
        );
    }

    private void Store(SegmentBatch batch)
    {
        if (batch.Records.Count > 0)
        {
            table!.Add(batch.Records);
        }

        foreach (var segment in batch.Segments)
        {
            have[(segment.Shard, segment.Epoch)] = segment.Sequence + 1;
            foreach (var index in segment.Indices)
            {
                var (first, last) = extents.GetValueOrDefault(segment.Shard, (index, index));
                extents[segment.Shard] = (Math.Min(first, index), Math.Max(last, index));
            }
        }

        batch.Clear();
    }

    // A record that was left out is restored only together with its generated record.
    private void Apply(CuratedRecords changed)
    {
        table!.Add(
            changed.Records.Where(record => record.HasData).ToDictionary(record => record.Index, record => record.Data)
        );
        table.Remove([
            .. changed
                .Records.Where(record => record.Curation.Change == RecordChange.Removed)
                .Select(record => record.Index),
        ]);

        // A new dictionary, because snapshots are read at the same time.
        curated = changed
            .Records.Where(record => record.Curation.Change != RecordChange.None || record.Curation.Liked)
            .ToDictionary(record => record.Index, record => record.Curation);
        curation = changed.Version;
    }

    private int CountLeftOut(ShardRecords shard) =>
        curated.Count(record =>
            record.Value.Change == RecordChange.Removed
            && !table!.Present.Contains(record.Key)
            && shard.Good.Any(range => range.First <= record.Key && record.Key <= range.Last)
        );

    // The indices of a shard are contiguous, so all between its first and its last belong to it.
    private bool Keep(ShardRecords shard)
    {
        if (!extents.TryGetValue(shard.Shard, out var extent))
        {
            return shard.Good.Count == 0 ? false : throw Missing(shard);
        }

        var withdrawn = table!.Present.Outside(shard.Good, extent.First, extent.Last).ToArray();
        table.Remove(withdrawn);
        return
            table.Present.CountWithin(extent.First, extent.Last) + CountLeftOut(shard)
            == shard.Good.Sum(range => range.Last - range.First + 1)
            ? withdrawn.Length > 0
            : throw Missing(shard);
    }

    private static InvalidDataException Missing(ShardRecords shard) =>
        new($"Records of shard {shard.Shard} count as good but were not sent.");

    private void Reset()
    {
        table?.Dispose();
        table = null;
        latest = null;
        curated = [];
        curation = 0;
        isChanged = true;
        have.Clear();
        extents.Clear();
    }

    private sealed class SegmentBatch
    {
        public List<SegmentRecords> Segments { get; } = [];

        // The later record counts.
        public Dictionary<int, ByteString> Records { get; } = [];

        public int Bytes { get; private set; }

        public void Add(SegmentRecords segment)
        {
            Segments.Add(segment);
            for (var at = 0; at < segment.Indices.Count; at++)
            {
                Records[segment.Indices[at]] = segment.Data[at];
                Bytes += segment.Data[at].Length;
            }
        }

        public void Clear()
        {
            Segments.Clear();
            Records.Clear();
            Bytes = 0;
        }
    }
}
