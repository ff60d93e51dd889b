using DataGen.Tasks.Model;
using DataGen.Tasks.Shards;
using DataGen.Tasks.Storage;

namespace DataGen.Tasks.Tasks;

/// <summary>The state of one task, and the last reports of its shards. Safe for concurrent use.</summary>
internal sealed class TaskTracker
{
    private static readonly TimeSpan WatchEvery = TimeSpan.FromSeconds(0.25);
    private readonly Lock gate = new();
    private readonly TimeProvider clock;
    private readonly TaskDocument stored;
    private readonly ShardSummary[] shards;
    private readonly ShardReport?[] reports;
    private readonly ShardPlan plan;
    private readonly ProgressHistory history;
    private readonly ChangeSignal changes = new();
    private GenerationStatus status;
    private DateTimeOffset? startedAt;
    private DateTimeOffset? finishedAt;
    private string? failureReason;
    private StopReason? stoppedBy;
    private string? waitingReason;
    private long version;
    private long points;

    /// <exception cref="FormatException">The document is not valid.</exception>
    public TaskTracker(TaskDocument document, TimeProvider clock)
    {
        (this.clock, stored, Run) = (clock, document, document.Run);
        Definition = document.Definition(document.Owner ?? throw new FormatException("It has no owner."));
        (status, startedAt, finishedAt, failureReason, stoppedBy) = (
            document.Status,
            document.StartedAt,
            document.FinishedAt,
            document.FailureReason,
            document.StoppedBy
        );
        Until = Definition.ReadSampling()?.Budget.Until;
        history = new ProgressHistory(document.History);
        shards = [.. document.Shards ?? throw new FormatException("It has no shards.")];
        reports = new ShardReport?[shards.Length];
        plan = new ShardPlan(Definition.Count, shards);
        (Good, Failed) = (IndexRanges.Parse(document.Good), IndexRanges.Parse(document.Failed));

        // Higher than every version that an earlier process gave to this task, so that watchers see a change.
        version = clock.GetUtcNow().ToUnixTimeMilliseconds() * 1024;
    }

    /// <summary>What was asked for.</summary>
    public TaskDefinition Definition { get; private set; }

    /// <summary>The moment from which no call is made; null: there is none.</summary>
    public DateTimeOffset? Until { get; private set; }

    /// <summary>How often the task was retried.</summary>
    public int Run { get; }

    /// <summary>How many shards the task has.</summary>
    public int ShardCount => shards.Length;

    /// <summary>The task's status.</summary>
    public GenerationStatus Status => Locked(() => CurrentStatus(Sums()));

    /// <summary>Grows with every change of the task's stored state. Points of the history do not count, because they
    /// are added as time passes.</summary>
    public long Version => Locked(() => version);

    /// <summary>Whether every record is good.</summary>
    public bool IsComplete => Locked(() => Sums() is var sums && sums.Completed - sums.Failures == Definition.Count);

    /// <summary>Whether there are good records.</summary>
    public bool HasGood => Locked(() => Sums() is var sums && sums.Completed > sums.Failures);

    // The good and failed records of a task that is shown record by record, as its document holds them.
    private IndexRanges Good { get; }

    private IndexRanges Failed { get; }

    /// <summary>The stored document of a new task.</summary>
    public static TaskDocument NewDocument(TaskDefinition task, int shards) =>
        TaskDocument.From(
            new TaskSnapshot(task, GenerationStatus.Queued, null, null, 0, 0, default, 0, 0, null, null, null)
        ) with
        {
            Owner = task.Owner,
            Sampling = task.Sampling,
            Shards = [.. Enumerable.Repeat(ShardSummary.Untouched, shards)],
        };

    /// <summary>The stored document of an ended task whose failed and missing records are to be made again.</summary>
    /// <param name="maxTokens">A new bound of tokens per record; null: as it was.</param>
    public TaskDocument RetryDocument(int? maxTokens)
    {
        var document = ToDocument();
        return document with
        {
            Run = Run + 1,
            MaxTokens = maxTokens ?? document.MaxTokens,
            Status = GenerationStatus.Queued,
            FinishedAt = null,
            FailureReason = null,
            StoppedBy = null,
            Completed = document.Completed - document.Failures,
            Failures = 0,
            Failed = null,
            Errors = null,
            ErrorCounts = null,
            Cells = null,
            Shards =
            [
                .. shards.Select(
                    (shard, number) => shard with { Failed = 0, Ended = shard.Good == Range(number).Count }
                ),
            ],
        };
    }

    /// <summary>The stored document of an ended task that is to have more records.</summary>
    /// <param name="extended">The new definition.</param>
    /// <param name="added">How many shards are added for the new records.</param>
    public TaskDocument ExtendedDocument(TaskDefinition extended, int added)
    {
        var document = RetryDocument(maxTokens: null);
        var more = extended.Count - Definition.Count;
        return document with
        {
            Count = extended.Count,
            Sampling = extended.Sampling,
            Shards =
            [
                .. document.Shards!,
                .. Enumerable
                    .Range(0, added)
                    .Select(number =>
                        ShardSummary.Untouched with
                        {
                            Records = ShardPlan.Part(more, added, number).Count,
                        }
                    ),
            ],
        };
    }

    /// <summary>The stored document of a task that its owner has deleted: only what is needed to remove the
    /// rest.</summary>
    public TaskDocument DeletedDocument() =>
        ToDocument() with
        {
            Deleted = true,
            Prompt = "",
            Title = "",
            Sampling = null,
            Errors = null,
            ErrorCounts = null,
            History = null,
        };

    /// <summary>The id of one of the shards.</summary>
    public ShardId Shard(int number) => plan.Id(Definition.Id, number);

    /// <summary>The records of a shard.</summary>
    public IndexRange Range(int shard) => plan.Range(shard);

    /// <summary>Which shard a record is in.</summary>
    public int ShardOf(int index) => Enumerable.Range(0, shards.Length).First(number => index <= Range(number).Last);

    /// <summary>The shards that have work to do, in index order.</summary>
    public IReadOnlyList<int> OpenShards() =>
        Locked(() =>
            Enumerable
                .Range(0, shards.Length)
                .Where(number =>
                    !shards[number].Ended || shards[number].Good + shards[number].Failed < Range(number).Count
                )
                .ToArray()
        );

    /// <summary>The ended shards whose failures this process does not know: only the shards themselves know
    /// them.</summary>
    public IReadOnlyList<int> UnknownShards() =>
        Locked(() =>
            Enumerable
                .Range(0, shards.Length)
                .Where(number => shards[number] is { Ended: true, Failed: > 0 } && reports[number] is null)
                .ToArray()
        );

    /// <summary>The definition gets another budget from now on.</summary>
    /// <param name="sampling">The definition beyond prompt and count, with the new budget.</param>
    public void SetSampling(string sampling) =>
        Change(() =>
        {
            Definition = Definition with { Sampling = sampling };
            Until = Definition.ReadSampling()?.Budget.Until;
        });

    /// <summary>People have changed records of the task.</summary>
    public void MarkCurated() => Change(() => Definition = Definition with { IsCurated = true });

    /// <summary>Takes a shard's report.</summary>
    public void Reported(int shard, ShardReport report) =>
        Change(() =>
        {
            shards[shard] = report.ToSummary() with { Records = shards[shard].Records };
            reports[shard] = report;
            waitingReason = null;
        });

    /// <summary>A shard does not answer at present.</summary>
    public void ShardsWait(string reason) => Change(() => waitingReason = reason);

    /// <summary>The store did not confirm the task's document, which is written again.</summary>
    public void StoreFails(string problem) => Change(() => waitingReason = StoreWaits.Sentence(problem));

    /// <summary>The store confirms writes again.</summary>
    public void StoreRecovered()
    {
        if (Locked(() => waitingReason is not null))
        {
            Change(() => waitingReason = null);
        }
    }

    /// <summary>Adds a point to the history when it is time for one.</summary>
    public void NoteHistory() => Locked(() => NoteHistory(Sums(), last: false));

    /// <summary>The task's document if it ends now.</summary>
    public TaskDocument FinalDocument(GenerationStatus final, string? reason, StopReason? stopped, DateTimeOffset at) =>
        Locked(() =>
        {
            var sums = Sums();
            NoteHistory(sums, last: true);
            return Document(sums) with
            {
                Status = final,
                FailureReason = reason,
                StoppedBy = stopped,
                FinishedAt = at,
                Cells = IsShownByCells ? sums.Cells() : null,
            };
        });

    /// <summary>The store has confirmed the end of the task.</summary>
    public void End(TaskDocument document)
    {
        Change(() =>
            (status, failureReason, stoppedBy, startedAt, finishedAt, waitingReason) = (
                document.Status,
                document.FailureReason,
                document.StoppedBy,
                document.StartedAt,
                document.FinishedAt,
                null
            )
        );
        changes.Complete();
    }

    /// <summary>This tracker reports no more: watchers ask the task's grain again.</summary>
    public void Retire() => changes.Complete();

    /// <summary>The task's document at present.</summary>
    public TaskDocument ToDocument() => Locked(() => Document(Sums()));

    /// <summary>The task at this moment, without its records.</summary>
    public TaskSnapshot Snapshot() => Locked(() => Snapshot(Sums()));

    /// <summary>The task with what is in flight and its first errors.</summary>
    public TaskDetail Detail() =>
        Locked(() =>
        {
            var sums = Sums();
            return new TaskDetail(
                Snapshot(sums),
                IsFinal ? [] : sums.InFlight(),
                Errors(sums),
                ErrorCounts(sums),
                history.Points()
            );
        });

    /// <summary>The progress now and after changes, until the task ends or is no longer tracked here.</summary>
    public IAsyncEnumerable<TaskProgress> WatchAsync(CancellationToken cancellationToken)
    {
        if (Status.IsFinal())
        {
            changes.Complete();
        }

        return changes.FollowAsync(Progress, WatchEvery, clock, cancellationToken);
    }

    /// <summary>Where the task's records are.</summary>
    public RecordLayout Layout() =>
        Locked(() =>
            new RecordLayout(
                Definition,
                CurrentStatus(Sums()),
                [.. shards.Select(shard => new ShardSize(shard.Good + shard.Failed, shard.LastStoredAt))],
                plan.Added
            )
        );

    private bool IsFinal => status.IsFinal();

    private bool IsShownByCells => CellCounts.SizeFor(Definition.Count) > 0;

    private ShardSums Sums() => new(Definition, plan, shards, reports);

    private TaskProgress Progress() =>
        Locked(() =>
        {
            var sums = Sums();
            return new TaskProgress(
                version + points,
                Snapshot(sums).WithShortPrompt(),
                IsFinal ? [] : sums.InFlight(),
                IsFinal ? 0 : sums.InFlightCount,
                IsShownByCells ? [] : sums.Good(Good),
                IsShownByCells ? [] : sums.Failed(Failed),
                IsShownByCells ? Cells(sums) : null,
                ErrorCounts(sums),
                history.Newest,
                IsFinal ? [] : sums.Retrying()
            );
        });

    private GenerationStatus CurrentStatus(ShardSums sums) =>
        status == GenerationStatus.Queued && sums.BegunAt is not null ? GenerationStatus.Running : status;

    private bool NoteHistory(ShardSums sums, bool last)
    {
        var added = history.Note(clock.GetUtcNow(), sums.Completed, sums.Failures, sums.Latencies(), last);
        points += added ? 1 : 0;
        return added;
    }

    private TaskDocument Document(ShardSums sums) =>
        TaskDocument.From(Snapshot(sums)) with
        {
            Owner = Definition.Owner,
            Sampling = Definition.Sampling,
            Run = Run,
            LastStoredAt = sums.LastStoredAt,
            Shards = [.. shards],

            // Of the tasks shown by cells, only one of an earlier version has these members; they are its shard's state
            // until the shard has a document of its own.
            Good = IsShownByCells ? stored.Good : IndexRanges.Text(sums.Good(Good)),
            Failed = IsShownByCells ? stored.Failed : IndexRanges.Text(sums.Failed(Failed)),
            Cells = stored.Cells,
            Errors = Errors(sums),
            ErrorCounts = ErrorCounts(sums),
            History = history.Points(),
            Epochs = stored.Epochs,
        };

    private TaskSnapshot Snapshot(ShardSums sums) =>
        new(
            Definition,
            CurrentStatus(sums),
            startedAt ?? sums.BegunAt,
            finishedAt,
            sums.Completed,
            sums.Failures,
            sums.Tokens,
            sums.DataBytes,
            IsFinal ? 0 : sums.PerSecond,
            IsFinal ? null : waitingReason ?? sums.WaitingReason(),
            failureReason,
            sums.ResponseFormat ?? stored.ResponseFormat,
            sums.Rejected,
            sums.Spent,
            stoppedBy
        );

    private RecordFailure[] Errors(ShardSums sums) => IsAsStored ? [.. stored.Errors ?? []] : sums.Errors().First();

    private ErrorCount[] ErrorCounts(ShardSums sums) =>
        IsAsStored ? [.. stored.ErrorCounts ?? []] : sums.Errors().Counts();

    private CellCounts Cells(ShardSums sums) => IsAsStored && stored.Cells is { } cells ? cells : sums.Cells();

    // No process works on an ended task: its document holds everything.
    private bool IsAsStored => stored.Status.IsFinal();

    private T Locked<T>(Func<T> read)
    {
        lock (gate)
        {
            return read();
        }
    }

    private void Change(Action change)
    {
        lock (gate)
        {
            version++;
            change();
        }

        changes.Raise();
    }
}
