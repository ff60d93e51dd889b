using DataGen.Tasks.Distinct;
using DataGen.Tasks.Model;
using DataGen.Tasks.Storage;

namespace DataGen.Tasks.Shards;

/// <summary>
/// The state of the records of one shard: stored, being stored, or in flight. Only records that the store has confirmed
/// count as completed. Safe for concurrent use.
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

    /// <summary>The shard's id.</summary>
    public ShardId Id { get; }

    /// <summary>The whole task.</summary>
    public TaskDefinition Definition { get; }

    /// <summary>The shard's records.</summary>
    public IndexRange Range { get; }

    /// <summary>Grows with every change.</summary>
    public long Version => Locked(() => version);

    /// <summary>Raised with every change; completed when no process works on the shard any more.</summary>
    public ChangeSignal Changes { get; } = new();

    /// <summary>The id of the segment that the next commit writes.</summary>
    public SegmentId NextSegment() => Locked(() => new SegmentId(epochs[^1].Epoch, epochs[^1].Segments));

    /// <summary>Opens a new epoch: segments that an earlier process may still write to the previous epoch no longer
    /// count.</summary>
    public void OpenEpoch() => OpenEpoch(NextSegment().Epoch + 1);

    /// <summary>Opens the given epoch, which is later than the present one.</summary>
    public void OpenEpoch(int epoch) =>
        Change(() =>
        {
            if (epochs[^1].Segments == 0)
            {
                epochs.RemoveAt(epochs.Count - 1);
            }

            epochs.Add(new EpochExtent(epoch, 0));
        });

    /// <summary>Makes the failed records missing again.</summary>
    public void ForgetFailures() =>
        Change(() =>
        {
            failed.Clear();
            errors.Clear();
        });

    /// <summary>Records that are neither stored nor being stored.</summary>
    public IReadOnlyList<IndexRange> Missing() => Locked(() => IndexRanges.MissingFrom(Range, good, failed, pending));

    /// <summary>Whether every record has ended and is stored.</summary>
    public bool IsComplete => Left == 0;

    /// <summary>Records that are not stored.</summary>
    public int Left => Locked(() => Range.Count - good.Count - failed.Count);

    /// <summary>Whether any record is stored.</summary>
    public bool IsTouched => Locked(() => epochs.Any(epoch => epoch.Segments > 0));

    /// <summary>Whether there are good records.</summary>
    public bool HasGood => Locked(() => good.Count > 0);

    /// <summary>Whether almost no answer is accepted any more.</summary>
    public bool IsStalled => Locked(() => answers?.IsStalled(inFlight.Count) ?? false);

    /// <summary>Calls in flight, and records stored per second over the last seconds.</summary>
    public (int Calls, double PerSecond) Pace =>
        Locked(() => (inFlight.Values.Count(record => record.State == InFlightState.Calling), rate.PerSecond()));

    /// <summary>The lease that works on the shard; null: none.</summary>
    public Lease? Lease => Locked(() => lease);

    /// <summary>Assigns the missing records to a Runner's lease; records that are rejected from now on are asked of
    /// this lease again.</summary>
    /// <param name="to">The lease.</param>
    /// <param name="start">Makes the lease's first request from the missing ranges.</param>
    public void Lend(Lease to, Func<IReadOnlyList<IndexRange>, Contracts.RunRequest> start) =>
        Change(() =>
        {
            to.Send(start(IndexRanges.MissingFrom(Range, good, failed, pending)));
            lease = to;
        });

    /// <summary>A record that was accepted is not stored after all, because it repeats another one.</summary>
    /// <returns>The lease that is to make it again; null: there is none, and the next lease will make it.</returns>
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

    /// <summary>Records that counted as good no longer do: they repeat others, and are missing again.</summary>
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

    /// <summary>The Runner has reported ended calls and rejected answers.</summary>
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

    /// <summary>A Runner has taken the shard's lease.</summary>
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

    /// <summary>Accepts an ended record for storing; false when it is not wanted (out of range, or already
    /// ended).</summary>
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

    /// <summary>Counts a segment of the open epoch that an earlier process had stored.</summary>
    public void Recovered(Segment segment) => Change(() => Count(segment));

    /// <summary>The Runner's stream ended: its records in flight are lost, those being stored are not.</summary>
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

    /// <summary>Why the Runner makes no calls at present; null: it makes calls.</summary>
    public void RunnerWaits(string? reason) => Change(() => runnerWaits = reason);

    /// <summary>The response format that the Runner asks the inference server for.</summary>
    public void AskedFor(string format) => Change(() => responseFormat = format);

    /// <summary>The store did not confirm a write, which is tried again; <paramref name="problem"/> is the store's
    /// message.</summary>
    public void StoreFails(string problem) => Change(() => storeWaits = StoreWaits.Sentence(problem));

    /// <summary>The store confirms writes again.</summary>
    public void StoreRecovered() => Change(() => storeWaits = null);

    /// <summary>Raises a change when the rate has fallen, which happens as time passes even if nothing is
    /// stored.</summary>
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

    /// <summary>No process works on the shard any more.</summary>
    public void Rest() =>
        Change(() =>
        {
            runnerWaits = storeWaits = null;
            inFlight.Clear();
        });

    /// <summary>The state that is to be stored now.</summary>
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

    /// <summary>The shard's report.</summary>
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

    // While the store is slow, thousands of records wait for it; this keeps a report small.
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

    // Removes the entries of records that are no longer in flight; this is the only place that reads them.
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
