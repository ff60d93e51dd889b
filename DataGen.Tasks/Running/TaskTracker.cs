using DataGen.Tasks.Model;
using DataGen.Tasks.Storage;

namespace DataGen.Tasks.Running;

/// <summary>
/// What is known of one task: what is stored, what is being stored, what is in flight. Only what the store has confirmed counts as completed.
/// Safe for concurrent use.
/// </summary>
internal sealed class TaskTracker
{
    private readonly Lock gate = new();
    private readonly TimeProvider clock;
    private readonly IndexRanges good;
    private readonly IndexRanges failed;
    private readonly IndexRanges pending = new();
    private readonly Dictionary<int, InFlightRecord> inFlight = [];
    private readonly SortedDictionary<int, string> errors = [];
    private readonly List<EpochExtent> epochs;
    private readonly RateWindow rate;
    private TokenCount tokens;
    private GenerationStatus status;
    private DateTimeOffset? startedAt;
    private DateTimeOffset? finishedAt;
    private string? failureReason;
    private string? runnerWaits;
    private string? storeWaits;
    private long version = 1;

    public TaskTracker(TaskDocument document, TimeProvider clock)
    {
        this.clock = clock;
        rate = new RateWindow(clock);
        Definition = document.Definition();
        good = IndexRanges.Parse(document.Good);
        failed = IndexRanges.Parse(document.Failed);
        epochs = [.. document.Epochs];
        tokens = document.Tokens;
        status = document.Status;
        startedAt = document.StartedAt;
        finishedAt = document.FinishedAt;
        failureReason = document.FailureReason;
        foreach (var error in document.Errors)
        {
            errors[error.Index] = error.Message;
        }
    }

    /// <summary>What was asked for.</summary>
    public TaskDefinition Definition { get; }

    /// <summary>Where the task stands.</summary>
    public GenerationStatus Status => Locked(() => status);

    /// <summary>Grows with every change.</summary>
    public long Version => Locked(() => version);

    /// <summary>The stored document of a task that was just asked for; its first epoch is open.</summary>
    public static TaskDocument NewDocument(TaskDefinition task) => new(
        task.Id, task.Owner, task.Title, task.Prompt, task.Count, task.Temperature, task.MaxTokens, task.Concurrency, task.CreatedAt,
        null, null, GenerationStatus.Queued, 0, 0, default, null, "", "", [new EpochExtent(0, 0)], []);

    /// <summary>The segment that the next commit writes.</summary>
    public SegmentId NextSegment() => Locked(() => new SegmentId(epochs[^1].Epoch, epochs[^1].Segments));

    /// <summary>Opens a new epoch: whatever an earlier process may still write to the one before no longer counts.</summary>
    public void OpenEpoch() => Change(() => epochs.Add(new EpochExtent(epochs[^1].Epoch + 1, 0)));

    /// <summary>Records nobody works on: neither stored nor being stored.</summary>
    public IReadOnlyList<IndexRange> Missing() => Locked(() => IndexRanges.MissingFrom(Definition.Count, good, failed, pending));

    /// <summary>A Runner took the task up.</summary>
    public void Begin() => Change(() =>
    {
        status = GenerationStatus.Running;
        startedAt ??= clock.GetUtcNow();
        runnerWaits = null;
    });

    /// <summary>An attempt began.</summary>
    public void AttemptStarted(int index, int attempt, DateTimeOffset at) => Change(() => SetInFlight(new InFlightRecord(index, attempt, InFlightState.Calling, at)));

    /// <summary>An attempt failed and another will follow.</summary>
    public void AttemptFailed(int index, int attempt) => Change(() => SetInFlight(new InFlightRecord(index, attempt, InFlightState.Retrying, clock.GetUtcNow())));

    /// <summary>Takes a record that ended for storing; false when it is not one that is wanted (out of range, or it has ended before).</summary>
    public bool TryAccept(int index, int attempts) => Change(() =>
    {
        if (index < 0 || index >= Definition.Count || good.Contains(index) || failed.Contains(index) || !pending.Add(index))
        {
            return false;
        }

        inFlight[index] = new InFlightRecord(index, attempts, InFlightState.Storing, clock.GetUtcNow());
        return true;
    });

    /// <summary>The store has confirmed a segment of the open epoch: its records are completed.</summary>
    public void Committed(Segment segment) => Change(() =>
    {
        epochs[^1] = epochs[^1] with { Segments = segment.Id.Sequence + 1 };
        storeWaits = null;
        rate.Add(segment.Records.Count);
        foreach (var record in segment.Records)
        {
            pending.Remove(record.Index);
            inFlight.Remove(record.Index);
            tokens += record.Tokens;
            if (record.Ok)
            {
                good.Add(record.Index);
            }
            else if (failed.Add(record.Index))
            {
                errors[record.Index] = record.Error ?? "";
                if (errors.Count > RecordFailure.ShownPerTask)
                {
                    errors.Remove(errors.Keys.Last());
                }
            }
        }
    });

    /// <summary>The Runner's stream ended: what it had in flight is lost, what is being stored is not.</summary>
    public void LeaseEnded() => Change(() =>
    {
        foreach (var index in inFlight.Values.Where(record => record.State != InFlightState.Storing).Select(record => record.Index).ToArray())
        {
            inFlight.Remove(index);
        }
    });

    /// <summary>Why the Runner makes no calls just now; null: it does.</summary>
    public void RunnerWaits(string? reason) => Change(() => runnerWaits = reason);

    /// <summary>The store did not confirm a write, which is tried again; <paramref name="problem"/> is what it said.</summary>
    public void StoreFails(string problem) => Change(() => storeWaits = $"The store does not confirm what is written to it; trying again. {problem}");

    /// <summary>The store confirms writes again.</summary>
    public void StoreRecovered() => Change(() => storeWaits = null);

    /// <summary>The task as it will be stored when it ends now.</summary>
    public TaskDocument FinalDocument(GenerationStatus final, string? reason, DateTimeOffset at) =>
        Locked(() => Document() with { Status = final, FailureReason = reason, FinishedAt = at });

    /// <summary>The store has confirmed the end.</summary>
    public void End(TaskDocument document) => Change(() =>
    {
        status = document.Status;
        failureReason = document.FailureReason;
        finishedAt = document.FinishedAt;
        runnerWaits = storeWaits = null;
        inFlight.Clear();
    });

    /// <summary>The task as it is to be stored now.</summary>
    public TaskDocument ToDocument() => Locked(Document);

    /// <summary>The task at this moment, without its records.</summary>
    public TaskSnapshot Snapshot() => Locked(CurrentSnapshot);

    /// <summary>The task with what is in flight and its first errors.</summary>
    public TaskDetail Detail() => Locked(() => new TaskDetail(CurrentSnapshot(), InFlight(), Errors()));

    /// <summary>The progress at this moment.</summary>
    public TaskProgress Progress() => Locked(() => new TaskProgress(
        version, CurrentSnapshot().WithShortPrompt(), InFlight(), good.Snapshot(), failed.Snapshot(), status.IsFinal() ? 0 : rate.PerSecond()));

    /// <summary>The indices stored, and the segments that hold them.</summary>
    public RecordExtent Extent() => Locked(() => new RecordExtent(Definition, status, good.Snapshot(), failed.Snapshot(), [.. epochs]));

    private TaskDocument Document() => new(
        Definition.Id, Definition.Owner, Definition.Title, Definition.Prompt, Definition.Count, Definition.Temperature, Definition.MaxTokens, Definition.Concurrency,
        Definition.CreatedAt, startedAt, finishedAt, status, good.Count + failed.Count, failed.Count, tokens, failureReason,
        good.ToString(), failed.ToString(), [.. epochs], Errors());

    private TaskSnapshot CurrentSnapshot() => new(
        Definition, status, startedAt, finishedAt, good.Count + failed.Count, failed.Count, tokens, status.IsFinal() ? null : storeWaits ?? runnerWaits, failureReason);

    // While the store is slow thousands wait for it; a progress message stays small.
    private List<InFlightRecord> InFlight() => [.. inFlight.Values.OrderBy(record => record.Index).Take(InFlightRecord.MostShown)];

    private List<RecordFailure> Errors() => [.. errors.Select(error => new RecordFailure(error.Key, error.Value))];

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

    private void Change(Action change) => Change(() =>
    {
        change();
        return true;
    });

    private T Change<T>(Func<T> change)
    {
        lock (gate)
        {
            version++;
            return change();
        }
    }
}
