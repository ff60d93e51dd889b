using DataGen.Tasks.Distinct;
using DataGen.Tasks.Model;
using DataGen.Tasks.Storage;

namespace DataGen.Tasks.Shards;

/// <summary>
/// What is known of the records of one shard: what is stored, what is being stored, what is in flight. Only what the
/// store has confirmed counts as completed.
/// Safe for concurrent use.
/// </summary>
internal sealed class ShardTracker
{
    private readonly Lock gate = new();
    private readonly TimeProvider clock;
    private readonly IndexRanges good;
    private readonly IndexRanges failed;
    private readonly IndexRanges pending = new();
    private readonly Dictionary<int, InFlightRecord> inFlight = [];
    private readonly ErrorTally errors = new();
    private readonly List<EpochExtent> epochs;
    private readonly RateWindow rate;
    private readonly LatencyHistogram latencies = new();
    private readonly AcceptanceWindow? answers;
    private readonly int cellSize;
    private TokenCount tokens;
    private long dataBytes;
    private DateTimeOffset? lastStoredAt;
    private DateTimeOffset? begunAt;
    private readonly Dictionary<int, string> whyAgain = [];
    private string? responseFormat;
    private string? runnerWaits;
    private string? storeWaits;
    private double lastRate;
    private Rejections rejected;
    private Spent spent;
    private Lease? lease;
    private long version = 1;

    public ShardTracker(ShardId id, TaskDefinition definition, IndexRange range, ShardState state, TimeProvider clock)
    {
        (Id, Definition, Range, this.clock) = (id, definition, range, clock);
        rate = new RateWindow(clock);
        cellSize = CellCounts.SizeFor(definition.Count);
        answers = definition.Sampling is null ? null : new AcceptanceWindow();
        good = IndexRanges.Parse(state.Good);
        failed = IndexRanges.Parse(state.Failed);
        epochs = [.. state.Epochs];
        (tokens, dataBytes, lastStoredAt) = (state.Tokens, state.DataBytes, state.LastStoredAt);
        (rejected, spent) = (state.Rejected, state.Spent);
        errors.Add(state.Errors, state.ErrorCounts ?? []);
    }

    /// <summary>Which shard.</summary>
    public ShardId Id { get; }

    /// <summary>The whole task.</summary>
    public TaskDefinition Definition { get; }

    /// <summary>The shard's records.</summary>
    public IndexRange Range { get; }

    /// <summary>Grows with every change.</summary>
    public long Version => Locked(() => version);

    /// <summary>Raised with every change; complete when nobody works on the shard any more.</summary>
    public ChangeSignal Changes { get; } = new();

    /// <summary>The segment that the next commit writes.</summary>
    public SegmentId NextSegment() => Locked(() => new SegmentId(epochs[^1].Epoch, epochs[^1].Segments));

    /// <summary>Opens a new epoch: whatever an earlier process may still write to the one before no longer
    /// counts.</summary>
    public void OpenEpoch() => OpenEpoch(NextSegment().Epoch + 1);

    /// <summary>Opens a certain epoch, later than the present one.</summary>
    public void OpenEpoch(int epoch) =>
        Change(() =>
        {
            if (epochs[^1].Segments == 0)
            {
                epochs.RemoveAt(epochs.Count - 1);
            }

            epochs.Add(new EpochExtent(epoch, 0));
        });

    /// <summary>The failed records are missing again.</summary>
    public void ForgetFailures() =>
        Change(() =>
        {
            failed.Clear();
            errors.Clear();
        });

    /// <summary>Records nobody works on: neither stored nor being stored.</summary>
    public IReadOnlyList<IndexRange> Missing() => Locked(() => IndexRanges.MissingFrom(Range, good, failed, pending));

    /// <summary>Whether every record has ended and is stored.</summary>
    public bool IsComplete => Left == 0;

    /// <summary>Records that are not stored.</summary>
    public int Left => Locked(() => Range.Count - good.Count - failed.Count);

    /// <summary>Whether any record is stored.</summary>
    public bool IsTouched => Locked(() => epochs.Any(epoch => epoch.Segments > 0));

    /// <summary>Whether there are good records.</summary>
    public bool HasGood => Locked(() => good.Count > 0);

    /// <summary>Whether hardly an answer is taken any more.</summary>
    public bool IsStalled => Locked(() => answers?.IsStalled(inFlight.Count) ?? false);

    /// <summary>Calls in flight, and records stored per second of late.</summary>
    public (int Calls, double PerSecond) Pace =>
        Locked(() => (inFlight.Values.Count(record => record.State == InFlightState.Calling), rate.PerSecond()));

    /// <summary>The lease that works on it; null: there is none.</summary>
    public Lease? Lease => Locked(() => lease);

    /// <summary>Lends what is missing to a Runner; what is rejected from now on is asked of this one again.</summary>
    /// <param name="to">The lease.</param>
    /// <param name="start">Makes the lease's first request of what is missing.</param>
    public void Lend(Lease to, Func<IReadOnlyList<IndexRange>, Contracts.RunRequest> start) =>
        Change(() =>
        {
            to.Send(start(IndexRanges.MissingFrom(Range, good, failed, pending)));
            lease = to;
        });

    /// <summary>A record that was accepted is not stored after all, since it repeats another one.</summary>
    /// <returns>The lease that is to make it again; null: there is none, and the next will make it.</returns>
    public Lease? Reject(Repeat repeat) =>
        Change(() =>
        {
            pending.Remove(repeat.Index);
            answers?.Add(taken: false);
            rejected += repeat.Rejected;
            var attempt = inFlight.TryGetValue(repeat.Index, out var record) ? record.Attempt : 1;
            inFlight[repeat.Index] = new InFlightRecord(
                repeat.Index,
                attempt,
                InFlightState.Retrying,
                clock.GetUtcNow()
            );
            return lease;
        });

    /// <summary>Records that count as good no longer do: they repeat others, and are missing again.</summary>
    public void Withdraw(IEnumerable<Repeat> repeats) =>
        Change(() =>
        {
            foreach (var repeat in repeats)
            {
                if (good.Remove(repeat.Index))
                {
                    rejected += repeat.Rejected;
                    dataBytes -= repeat.Bytes;
                }
            }
        });

    /// <summary>The Runner tells of calls that ended, and of answers that were rejected.</summary>
    public void Called(Spent made, Rejections answered) =>
        Change(() =>
        {
            spent += made;
            rejected += answered;
            for (var answer = 0; answer < answered.Total; answer++)
            {
                answers?.Add(taken: false);
            }
        });

    /// <summary>A Runner took the shard up.</summary>
    public void Begin() =>
        Change(() =>
        {
            begunAt ??= clock.GetUtcNow();
            runnerWaits = null;
        });

    /// <summary>An attempt began.</summary>
    public void AttemptStarted(int index, int attempt, DateTimeOffset at) =>
        Change(() => SetInFlight(new InFlightRecord(index, attempt, InFlightState.Calling, at)));

    /// <summary>An attempt failed and another will follow.</summary>
    public void AttemptFailed(int index, int attempt, string reason) =>
        Change(() =>
        {
            SetInFlight(new InFlightRecord(index, attempt, InFlightState.Retrying, clock.GetUtcNow()));
            whyAgain[index] = reason;
        });

    /// <summary>Takes a record that ended for storing; false when it is not one that is wanted (out of range, or it has
    /// ended before).</summary>
    public bool TryAccept(int index, int attempts) =>
        Change(() =>
        {
            if (
                index < Range.First
                || index > Range.Last
                || good.Contains(index)
                || failed.Contains(index)
                || !pending.Add(index)
            )
            {
                return false;
            }

            inFlight[index] = new InFlightRecord(index, attempts, InFlightState.Storing, clock.GetUtcNow());
            return true;
        });

    /// <summary>The store has confirmed a segment of the open epoch: its records are completed.</summary>
    public void Committed(Segment segment) =>
        Change(() =>
        {
            Count(segment);
            rate.Add(segment.Records.Count);
            foreach (var record in segment.Records)
            {
                latencies.Add(record.DurationMs);
                if (record.Ok)
                {
                    answers?.Add(taken: true);
                }
            }
        });

    /// <summary>A segment of the open epoch was found that an earlier process had stored.</summary>
    public void Recovered(Segment segment) => Change(() => Count(segment));

    /// <summary>The Runner's stream ended: what it had in flight is lost, what is being stored is not.</summary>
    public void LeaseEnded() =>
        Change(() =>
        {
            lease = null;
            whyAgain.Clear();
            foreach (
                var index in inFlight
                    .Values.Where(record => record.State != InFlightState.Storing)
                    .Select(record => record.Index)
                    .ToArray()
            )
            {
                inFlight.Remove(index);
            }
        });

    /// <summary>Why the Runner makes no calls just now; null: it does.</summary>
    public void RunnerWaits(string? reason) => Change(() => runnerWaits = reason);

    /// <summary>What the Runner asks the inference server to answer with.</summary>
    public void AskedFor(string format) => Change(() => responseFormat = format);

    /// <summary>The store did not confirm a write, which is tried again; <paramref name="problem"/> is what it
    /// said.</summary>
    public void StoreFails(string problem) => Change(() => storeWaits = StoreWaits.Sentence(problem));

    /// <summary>The store confirms writes again.</summary>
    public void StoreRecovered() => Change(() => storeWaits = null);

    /// <summary>The rate falls with time: its change is told although nothing is stored.</summary>
    public void NoteRate()
    {
        lock (gate)
        {
            if (rate.PerSecond() is var now && now.Equals(lastRate))
            {
                return;
            }

            lastRate = now;
        }

        Changes.Raise();
    }

    /// <summary>Nobody works on it any more.</summary>
    public void Rest() =>
        Change(() =>
        {
            runnerWaits = storeWaits = null;
            inFlight.Clear();
        });

    /// <summary>What is to be stored of it now.</summary>
    public ShardState State() =>
        Locked(() =>
            new ShardState(
                good.ToString(),
                failed.ToString(),
                [.. epochs],
                errors.First(),
                errors.Counts(),
                tokens,
                dataBytes,
                lastStoredAt,
                rejected,
                spent
            )
        );

    /// <summary>How it stands.</summary>
    public ShardReport Report(int run, bool ended, string? fatalReason, StopReason? stoppedBy = null) =>
        Locked(() =>
            new ShardReport(
                run,
                ended,
                fatalReason,
                begunAt,
                good.Count,
                failed.Count,
                tokens,
                dataBytes,
                lastStoredAt,
                storeWaits ?? runnerWaits,
                ended ? 0 : rate.PerSecond(),
                InFlight(),
                inFlight.Count,
                Retrying(),
                errors.First(),
                errors.Counts(),
                latencies.Snapshot(),
                cellSize > 0 ? [] : good.Snapshot(),
                cellSize > 0 ? [] : failed.Snapshot(),
                cellSize > 0 ? Cells() : null,
                responseFormat,
                rejected,
                spent,
                stoppedBy
            )
        );

    /// <summary>The indices stored, and the segments that hold them.</summary>
    public RecordExtent Extent() => Locked(() => new RecordExtent(Id, good.Snapshot(), failed.Snapshot(), [.. epochs]));

    private void Count(Segment segment)
    {
        epochs[^1] = epochs[^1] with { Segments = segment.Id.Sequence + 1 };
        lastStoredAt = segment.StoredAt ?? lastStoredAt;
        storeWaits = null;
        foreach (var record in segment.Records)
        {
            pending.Remove(record.Index);
            inFlight.Remove(record.Index);
            tokens += record.Tokens;
            if (record.Data is { } data)
            {
                failed.Remove(record.Index);
                dataBytes += good.Add(record.Index) ? data.Length : 0;
            }
            else if (!good.Contains(record.Index) && failed.Add(record.Index))
            {
                errors.Add(record.Index, record.Error ?? "");
            }
        }
    }

    // While the store is slow thousands wait for it; a report stays small.
    private InFlightRecord[] InFlight() =>
        [.. inFlight.Values.OrderBy(record => record.Index).Take(InFlightRecord.MostShown)];

    private ShardCells Cells()
    {
        var cells = CellCounts.Empty(Definition.Count);
        cells.Add(good.Snapshot(), good: true);
        cells.Add(failed.Snapshot(), good: false);
        var (first, last) = (Range.First / cellSize, Range.Last / cellSize);
        return new ShardCells(first, cells.Good[first..(last + 1)], cells.Failed[first..(last + 1)]);
    }

    // What is no longer in flight is forgotten here, where it would be told.
    private ErrorCount[] Retrying()
    {
        var tally = new ErrorTally();
        foreach (var (index, reason) in whyAgain.ToArray())
        {
            if (inFlight.TryGetValue(index, out var record) && record.State != InFlightState.Storing)
            {
                tally.Add(index, reason);
            }
            else
            {
                whyAgain.Remove(index);
            }
        }

        return tally.Counts();
    }

    private void SetInFlight(InFlightRecord record)
    {
        if (!pending.Contains(record.Index) && !good.Contains(record.Index) && !failed.Contains(record.Index))
        {
            inFlight[record.Index] = record;
        }
    }

    private T Locked<T>(Func<T> read)
    {
        lock (gate)
        {
            return read();
        }
    }

    private void Change(Action change) =>
        Change(() =>
        {
            change();
            return true;
        });

    private T Change<T>(Func<T> change)
    {
        T result;
        lock (gate)
        {
            version++;
            result = change();
        }

        Changes.Raise();
        return result;
    }
}
