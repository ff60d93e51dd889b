using System.Threading.Channels;
using DataGen.Contracts;
using DataGen.Definition.Distinct;
using DataGen.Ratio1;
using DataGen.ServiceDefaults.Telemetry;
using DataGen.Tasks.Distinct;
using DataGen.Tasks.Failures;
using DataGen.Tasks.Model;
using DataGen.Tasks.Storage;
using DataGen.Tasks.Telemetry;

namespace DataGen.Tasks.Shards;

/// <summary>
/// The group commit: while one segment is being written to the store, the next ended records gather for another. The
/// window between the Runner and the store is bounded. When it is full, <see cref="AddAsync"/> waits, the Runner's
/// stream is no longer read, and the Runner stops calling. A record that repeats another is not stored; the Runner is
/// asked to make it again.
/// </summary>
/// <param name="keys">How records are compared; null: they are not compared.</param>
internal sealed partial class SegmentCommitter(
    ShardTracker tracker,
    DistinctKeys? keys,
    IGrainFactory grains,
    TaskStore store,
    TasksMetrics metrics,
    TimeProvider clock,
    ILogger logger
)
{
    /// <summary>The most records that wait for the store.</summary>
    public const int Window = 4096;

    /// <summary>The most records of one segment.</summary>
    public const int LargestSegment = 1000;

    // The only known size limit of a node is 512 KiB for an envelope; half of it leaves room for the escapes of JSON
    // within JSON.
    private const int LargestSegmentBytes = 224 * 1024;

    // A first record waits this long for others: segments of one record each would make many small reads.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(100);

    private readonly BoundedTrace trace = new(TasksMetrics.Source, "commit segment", firstSteps: 1);
    private readonly Channel<StoredRecord> window = Channel.CreateBounded<StoredRecord>(
        new BoundedChannelOptions(Window) { SingleReader = true }
    );

    /// <summary>Takes a record for storing; waits while the window is full.</summary>
    public async ValueTask AddAsync(StoredRecord record, CancellationToken cancellationToken)
    {
        await window.Writer.WriteAsync(record, cancellationToken);
        metrics.Waiting(1);
    }

    /// <summary>Says that no more records will come.</summary>
    public void Complete() => window.Writer.TryComplete();

    /// <summary>Stores records until <see cref="Complete"/>. A failed write is repeated until the store confirms it or
    /// the token is cancelled.</summary>
    /// <exception cref="Ratio1Exception">The store refused a segment for good; no more records are
    /// accepted.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await CommitAllAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            // Otherwise a caller that waits for room in the window would wait for ever.
            window.Writer.TryComplete(exception);
            metrics.Waiting(-window.Reader.Count); // what is left is made again
            throw;
        }
    }

    private async Task CommitAllAsync(CancellationToken cancellationToken)
    {
        var lastCommit = clock.GetTimestamp() - clock.TimestampFrequency;
        while (await window.Reader.WaitToReadAsync(cancellationToken))
        {
            var sinceLast = clock.GetElapsedTime(lastCommit);
            if (sinceLast < Gather && window.Reader.Count < LargestSegment && !window.Reader.Completion.IsCompleted)
            {
                await Task.Delay(Gather - sinceLast, clock, cancellationToken);
            }

            if (await DistinctAsync(Take(), cancellationToken) is { Count: > 0 } records)
            {
                await CommitAsync(records, cancellationToken);
            }

            lastCommit = clock.GetTimestamp();
        }
    }

    private List<StoredRecord> Take()
    {
        var records = new List<StoredRecord>();
        var bytes = 0;
        while (records.Count < LargestSegment && bytes < LargestSegmentBytes && window.Reader.TryRead(out var record))
        {
            records.Add(record);
            bytes += record.Data?.Length ?? record.Error?.Length ?? 0;
        }

        metrics.Waiting(-records.Count);
        return records;
    }

    // The records that repeat no other one; the others are made again.
    private async Task<List<StoredRecord>> DistinctAsync(
        List<StoredRecord> records,
        CancellationToken cancellationToken
    )
    {
        if (keys is null)
        {
            return records;
        }

        var claims = records
            .Where(record => record.Ok)
            .Select(record => Claim.Of(record.Index, record.Data!.Value, keys))
            .ToArray();
        Repeat[] repeats = [];
        await new TransientRetry(clock).RunAsync(
            async token =>
                repeats =
                    claims.Length == 0
                        ? []
                        : await grains
                            .GetGrain<IDistinctGrain>(tracker.Definition.Id)
                            .ClaimAsync(tracker.Definition, claims)
                            .WaitAsync(token),
            exception =>
            {
                Log.NotCompared(logger, tracker.Id, exception.Message);
                tracker.StoreFails(exception.Message);
            },
            cancellationToken
        );
        foreach (var repeat in repeats)
        {
            var record = records.Single(record => record.Index == repeat.Index);
            records.Remove(record);
            var again = new RunRequest();
            again.Again.Add(repeat.ToAgain(record.ToProto(), keys, repeat.Of));
            tracker.Reject(repeat)?.Send(again);
            metrics.Rejected(repeat.Rejected);
        }

        return records;
    }

    private async Task CommitAsync(List<StoredRecord> records, CancellationToken cancellationToken)
    {
        var segment = new Segment(tracker.NextSegment(), records, clock.GetUtcNow());
        using var span = trace.Begin(segment.Id.Sequence);
        span?.SetTag("datagen.shard", tracker.Id.ToString()).SetTag("datagen.records", records.Count);
        var started = clock.GetTimestamp();
        string? value = null;
        await new TransientRetry(clock).RunAsync(
            async token =>
            {
                value ??= await store.PlaceSegmentAsync(tracker.Id, segment, token);
                await store.WriteSegmentAsync(tracker.Id, segment, value, token);
            },
            exception =>
            {
                metrics.CommitFailed();
                Log.WriteFailed(logger, tracker.Id, segment.Id.Epoch, segment.Id.Sequence, exception.Message);
                tracker.StoreFails(exception.Message);
            },
            cancellationToken
        );
        tracker.Committed(segment);
        if (tracker.IsComplete)
        {
            // No record will be asked for again, so no request follows.
            tracker.Lease?.Complete();
        }

        var good = records.Count(record => record.Ok);
        metrics.Committed(good, records.Count - good, clock.GetElapsedTime(started));
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "Task {Shard}: segment {Epoch}-{Sequence} is not stored yet, trying again: {Problem}"
        )]
        public static partial void WriteFailed(ILogger logger, ShardId shard, int epoch, int sequence, string problem);

        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "Task {Shard}: its records cannot be compared just now, trying again: {Problem}"
        )]
        public static partial void NotCompared(ILogger logger, ShardId shard, string problem);
    }
}
