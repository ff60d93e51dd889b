using DataGen.Tasks.Model;
using DataGen.Tasks.Shards;
using DataGen.Tasks.Storage;

namespace DataGen.Tasks.Tasks;

/// <summary>
/// What is known of one task: where it stands, and what its shards have made. A task that is not cut tracks its records
/// itself (<see cref="Whole"/>), a
/// larger one holds what its shards last said. Safe for concurrent use.
/// </summary>
internal sealed class TaskTracker
{
    private readonly Lock gate = new();
    private readonly TimeProvider clock;
    private readonly TaskDocument stored;
    private readonly ShardSummary[] shards;
    private readonly ShardReport?[] reports;
    private readonly ProgressHistory history;
    private GenerationStatus status;
    private DateTimeOffset? startedAt;
    private DateTimeOffset? finishedAt;
    private string? failureReason;
    private string? crewWaits;
    private long version;
    private long points;

    public TaskTracker(TaskDocument document, TimeProvider clock)
    {
        (this.clock, stored, Definition, Run) = (clock, document, document.Definition(), document.Run);
        (status, startedAt, finishedAt, failureReason) = (
            document.Status,
            document.StartedAt,
            document.FinishedAt,
            document.FailureReason
        );
        history = new ProgressHistory(document.History);
        shards = [.. document.Shards ?? []];
        reports = new ShardReport?[shards.Length];
        if (document.Shards is null)
        {
            Whole = new ShardTracker(
                ShardId.Whole(Definition.Id),
                Definition,
                new IndexRange(0, Definition.Count - 1),
                document.WholeState(),
                clock
            );
        }

        // Higher than that of any process that had the task before, so that whoever watches sees the difference.
        version = clock.GetUtcNow().ToUnixTimeMilliseconds() * 1024;
    }

    /// <summary>What was asked for.</summary>
    public TaskDefinition Definition { get; }

    /// <summary>How often it was retried.</summary>
    public int Run { get; }

    /// <summary>The one shard of a task that is not cut.</summary>
    public ShardTracker? Whole { get; }

    /// <summary>Where the task stands.</summary>
    public GenerationStatus Status => Locked(() => CurrentStatus(Sums()));

    /// <summary>Grows with every change of what is stored of the task; points of the history do not count, since time
    /// alone makes them.</summary>
    public long Version => Locked(CurrentVersion);

    /// <summary>Whether every record is good.</summary>
    public bool IsComplete => Locked(() => Sums() is var sums && sums.Completed - sums.Failures == Definition.Count);

    /// <summary>Whether there are good records.</summary>
    public bool HasGood => Locked(() => Sums() is var sums && sums.Completed > sums.Failures);

    /// <summary>The stored document of a task that was just asked for; its first epoch is open.</summary>
    public static TaskDocument NewDocument(TaskDefinition task, int shards) =>
        new(
            task.Id,
            task.Owner,
            task.Title,
            task.Prompt,
            task.Count,
            task.Temperature,
            task.MaxTokens,
            task.Concurrency,
            task.CreatedAt,
            null,
            null,
            GenerationStatus.Queued,
            0,
            0,
            default,
            null,
            "",
            "",
            shards > 1 ? [] : ShardState.Empty.Epochs,
            []
        )
        {
            Shards = shards > 1 ? [.. Enumerable.Repeat(ShardSummary.Untouched, shards)] : null,
        };

    /// <summary>The stored document of an ended task whose failed and missing records are to be made again.</summary>
    public TaskDocument RetryDocument()
    {
        // A copy: whoever looks at the task until that is stored sees it ended.
        var next = new TaskTracker(ToDocument(), clock);
        next.Whole?.ForgetFailures();
        next.Whole?.OpenEpoch();
        var document = next.ToDocument();
        return document with
        {
            Run = Run + 1,
            Status = GenerationStatus.Queued,
            FinishedAt = null,
            FailureReason = null,
            Completed = document.Completed - document.Failures,
            Failures = 0,
            Errors = [],
            ErrorCounts = null,
            Cells = null,
            Shards = document
                .Shards?.Select((shard, number) => shard with { Failed = 0, Ended = shard.Good == Range(number).Count })
                .ToArray(),
        };
    }

    /// <summary>The stored document of a task that its owner has deleted: what is needed to remove the rest.</summary>
    public TaskDocument DeletedDocument() =>
        ToDocument() with
        {
            Deleted = true,
            Prompt = "",
            Title = "",
            Errors = [],
            ErrorCounts = null,
            History = null,
        };

    /// <summary>The records of a shard.</summary>
    public IndexRange Range(int shard) => ShardPlan.Range(Definition.Count, shards.Length, shard);

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

    /// <summary>Whether any record of a shard is stored.</summary>
    public bool IsTouched(int shard) => Locked(() => shards[shard].LastStoredAt is not null);

    /// <summary>The ended shards whose failures only they themselves know, after this process took the task
    /// up.</summary>
    public IReadOnlyList<int> UnknownShards() =>
        Locked(() =>
            Enumerable
                .Range(0, shards.Length)
                .Where(number => shards[number] is { Ended: true, Failed: > 0 } && reports[number] is null)
                .ToArray()
        );

    /// <summary>A shard said how it stands.</summary>
    public void Reported(int shard, ShardReport report) =>
        Change(() =>
        {
            shards[shard] = ShardSummary.From(report);
            reports[shard] = report;
            crewWaits = null;
        });

    /// <summary>A shard cannot be asked just now.</summary>
    public void CrewWaits(string reason) => Change(() => crewWaits = reason);

    /// <summary>The store did not confirm a note about the task, which is written again.</summary>
    public void StoreFails(string problem) => Change(() => crewWaits = StoreWaits.Sentence(problem));

    /// <summary>The store confirms writes again.</summary>
    public void StoreRecovered() => Change(() => crewWaits = null);

    /// <summary>Adds a point to the history when it is time for one.</summary>
    public void NoteHistory() => Locked(() => NoteHistory(Sums(), last: false));

    /// <summary>The task as it will be stored when it ends now.</summary>
    public TaskDocument FinalDocument(GenerationStatus final, string? reason, DateTimeOffset at) =>
        Locked(() =>
        {
            var sums = Sums();
            NoteHistory(sums, last: true);
            return Document(sums) with
            {
                Status = final,
                FailureReason = reason,
                FinishedAt = at,
                Cells = Whole is null ? sums.Cells() : null,
            };
        });

    /// <summary>The store has confirmed the end.</summary>
    public void End(TaskDocument document)
    {
        Whole?.Rest();
        Change(() =>
            (status, failureReason, startedAt, finishedAt, crewWaits) = (
                document.Status,
                document.FailureReason,
                document.StartedAt,
                document.FinishedAt,
                null
            )
        );
    }

    /// <summary>The task as it is to be stored now.</summary>
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

    /// <summary>The progress at this moment.</summary>
    public TaskProgress Progress() =>
        Locked(() =>
        {
            var sums = Sums();
            var extent = CellCounts.SizeFor(Definition.Count) == 0 ? Whole?.Extent() : null;
            return new TaskProgress(
                CurrentVersion() + points,
                Snapshot(sums).WithShortPrompt(),
                IsFinal ? [] : sums.InFlight(),
                IsFinal ? 0 : sums.InFlightCount,
                extent?.Good ?? [],
                extent?.Failed ?? [],
                extent is null ? Cells(sums) : null,
                ErrorCounts(sums),
                history.Newest
            );
        });

    /// <summary>Where the task's records are.</summary>
    public RecordLayout Layout() =>
        Locked(() =>
            new RecordLayout(
                Definition,
                CurrentStatus(Sums()),
                Whole?.Extent(),
                [.. shards.Select(shard => new ShardSize(shard.Good + shard.Failed, shard.LastStoredAt))]
            )
        );

    // A task that is not cut says now how it stands; a larger one is what its shards last said.
    private ShardSums Sums()
    {
        if (Whole is not { } whole)
        {
            return new ShardSums(Definition, shards, reports);
        }

        var report = whole.Report(Run, IsFinal, null);
        return new ShardSums(Definition, [ShardSummary.From(report)], [report]);
    }

    private bool IsFinal => status.IsFinal();

    private GenerationStatus CurrentStatus(ShardSums sums) =>
        status == GenerationStatus.Queued && sums.BegunAt is not null ? GenerationStatus.Running : status;

    private long CurrentVersion() => version + (Whole?.Version ?? 0);

    private bool NoteHistory(ShardSums sums, bool last)
    {
        var added = history.Note(clock.GetUtcNow(), sums.Completed, sums.Failures, sums.Latencies(), last);
        points += added ? 1 : 0;
        return added;
    }

    private TaskDocument Document(ShardSums sums)
    {
        var state = Whole?.State();
        return new TaskDocument(
            Definition.Id,
            Definition.Owner,
            Definition.Title,
            Definition.Prompt,
            Definition.Count,
            Definition.Temperature,
            Definition.MaxTokens,
            Definition.Concurrency,
            Definition.CreatedAt,
            startedAt ?? sums.BegunAt,
            finishedAt,
            CurrentStatus(sums),
            sums.Completed,
            sums.Failures,
            sums.Tokens,
            failureReason,
            state?.Good ?? "",
            state?.Failed ?? "",
            state?.Epochs ?? [],
            Errors(sums)
        )
        {
            Run = Run,
            DataBytes = sums.DataBytes,
            LastStoredAt = sums.LastStoredAt,
            ErrorCounts = ErrorCounts(sums),
            History = history.Points(),
            Shards = Whole is null ? [.. sums.Summaries] : null,
            Cells = stored.Cells,
        };
    }

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
            IsFinal ? null : crewWaits ?? sums.WaitingReason(),
            failureReason
        );

    private RecordFailure[] Errors(ShardSums sums) => IsAsStored ? [.. stored.Errors] : sums.Errors().First();

    private ErrorCount[] ErrorCounts(ShardSums sums) =>
        IsAsStored ? [.. stored.ErrorCounts ?? []] : sums.Errors().Counts();

    private CellCounts Cells(ShardSums sums) => IsAsStored && stored.Cells is { } cells ? cells : sums.Cells();

    // An ended task in shards is not worked on: what they would say is in its document.
    private bool IsAsStored => Whole is null && stored.Status.IsFinal();

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
    }
}
