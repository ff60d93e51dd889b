namespace DataGen.Gateway.Api.Tasks;

/// <summary>A task. Some fields are only in the answer for a single task, or only in its progress.</summary>
internal sealed record TaskResponse
{
    /// <summary>Its id; sorts by creation time.</summary>
    public required string Id { get; init; }

    /// <summary>Canonical name of the user it belongs to.</summary>
    public required string Owner { get; init; }

    /// <summary>Its name.</summary>
    public required string Title { get; init; }

    /// <summary>What one record looks like; in lists and progress the first 200 characters.</summary>
    public required string Prompt { get; init; }

    /// <summary>Records wanted.</summary>
    public required int Count { get; init; }

    /// <summary>Sampling temperature asked for.</summary>
    public double? Temperature { get; init; }

    /// <summary>Upper bound of output tokens per record asked for.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Upper bound of calls in flight asked for.</summary>
    public int? Concurrency { get; init; }

    /// <summary>When it was accepted (UTC).</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When its first record was begun (UTC).</summary>
    public DateTime? StartedAt { get; init; }

    /// <summary>When it ended (UTC).</summary>
    public DateTime? FinishedAt { get; init; }

    /// <summary><c>queued</c>, <c>running</c>, <c>succeeded</c>, <c>failed</c> or <c>cancelled</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Records that ended, good or failed.</summary>
    public required int Completed { get; init; }

    /// <summary>Those of them that failed.</summary>
    public required int Failures { get; init; }

    /// <summary>Tokens used so far.</summary>
    public required TokensResponse Tokens { get; init; }

    /// <summary>Records stored per second over the last ten seconds; 0 when nothing moves or the task has
    /// ended.</summary>
    public required double RecordsPerSecond { get; init; }

    /// <summary>Bytes of the good records as compact JSON; a JSON Lines export has this many and one more per
    /// record.</summary>
    public required long DataBytes { get; init; }

    /// <summary>Why nothing moves just now; left out while all is well.</summary>
    public string? WaitingReason { get; init; }

    /// <summary>Why it failed; left out otherwise.</summary>
    public string? FailureReason { get; init; }

    /// <summary>What the inference server is asked to answer with, as far as it takes such a wish:
    /// <c>json_schema_strict</c>, <c>json_schema</c>, <c>json_object</c> or <c>none</c>; left out before the first good record.</summary>
    public string? ResponseFormat { get; init; }

    /// <summary>What it has cost so far.</summary>
    public required SpentResponse Spent { get; init; }

    /// <summary>What it may cost, as the definition or <c>/budget</c> has said; left out where nothing is said. Not in lists
    /// and progress.</summary>
    public TaskBudget? Budget { get; init; }

    /// <summary>What people made of its records; left out where nobody has touched one. Not in lists and progress.</summary>
    public CuratedResponse? Curated { get; init; }

    /// <summary>Answers that were rejected and made again; left out while there are none.</summary>
    public RejectedResponse? Rejected { get; init; }

    /// <summary>Why a cancelled task ended that no user cancelled: <c>budget</c>, <c>deadline</c> or <c>stall</c>; left out
    /// otherwise.</summary>
    public string? StoppedBy { get; init; }

    /// <summary>The records being worked on now, lowest index first, at most 1000. Not in lists.</summary>
    public IReadOnlyList<InFlightResponse>? InFlight { get; init; }

    /// <summary>How many records are being worked on now, also those beyond the 1000 shown. Only in progress.</summary>
    public int? InFlightCount { get; init; }

    /// <summary>The first 100 failed records. Not in lists and progress.</summary>
    public IReadOnlyList<RecordErrorResponse>? Errors { get; init; }

    /// <summary>The failures by message, most frequent first. Not in lists.</summary>
    public IReadOnlyList<ErrorGroupResponse>? ErrorGroups { get; init; }

    /// <summary>Why records in flight are made again, by message, the most frequent first; left out when none is. In events
    /// only.</summary>
    public IReadOnlyList<ErrorGroupResponse>? Retrying { get; init; }

    /// <summary>How the work went over time, oldest first, at most 240 points. Not in lists and progress.</summary>
    public IReadOnlyList<HistoryPointResponse>? History { get; init; }

    /// <summary>The newest point of the history. Only in progress, once there is one.</summary>
    public HistoryPointResponse? Point { get; init; }

    /// <summary>Indices of the good records: pairs of first and last, both included. Only in progress, of a task of at
    /// most 2000 records.</summary>
    public IReadOnlyList<int[]>? Good { get; init; }

    /// <summary>Indices of the failed records, as pairs like <c>good</c>.</summary>
    public IReadOnlyList<int[]>? Failed { get; init; }

    /// <summary>In place of <c>good</c> and <c>failed</c> for a task of more than 2000 records: how many of each
    /// stretch have ended. Only in progress.</summary>
    public CellsResponse? Cells { get; init; }
}
