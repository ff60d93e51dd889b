namespace DataGen.Gateway.Api.Tasks;

/// <summary>A task. Some fields are only in the answer for a single task, or only in its progress.</summary>
internal sealed record TaskResponse
{
    /// <summary>The task's id; ids sort by creation time.</summary>
    public required string Id { get; init; }

    /// <summary>The canonical name of the task's owner.</summary>
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

    /// <summary>How many of them failed.</summary>
    public required int Failures { get; init; }

    /// <summary>Tokens used so far.</summary>
    public required TokensResponse Tokens { get; init; }

    /// <summary>Records stored per second over the last ten seconds; 0 when none are, or when the task has
    /// ended.</summary>
    public required double RecordsPerSecond { get; init; }

    /// <summary>Bytes of the good records as compact JSON; a JSON Lines export has one more per record.</summary>
    public required long DataBytes { get; init; }

    /// <summary>Why no record is made at present; left out while records are made.</summary>
    public string? WaitingReason { get; init; }

    /// <summary>Why the task failed; left out otherwise.</summary>
    public string? FailureReason { get; init; }

    /// <summary>The response format that the inference server is asked for, as far as it accepts one:
    /// <c>json_schema_strict</c>, <c>json_schema</c>, <c>json_object</c> or <c>none</c>; left out before the first good
    /// record.</summary>
    public string? ResponseFormat { get; init; }

    /// <summary>The cost so far.</summary>
    public required SpentResponse Spent { get; init; }

    /// <summary>The bounds of its cost, from the definition or <c>/budget</c>; left out when there are none. Not in
    /// lists and progress.</summary>
    public TaskBudget? Budget { get; init; }

    /// <summary>How many records people have changed; left out when none were. Not in lists and progress.</summary>
    public CuratedResponse? Curated { get; init; }

    /// <summary>Answers that were rejected and made again; left out while there are none.</summary>
    public RejectedResponse? Rejected { get; init; }

    /// <summary>Why the task stopped that no user cancelled: <c>budget</c>, <c>deadline</c> or <c>stall</c>; left out
    /// otherwise.</summary>
    public string? StoppedBy { get; init; }

    /// <summary>The records in flight now, lowest index first, at most 1000. Not in lists.</summary>
    public IReadOnlyList<InFlightResponse>? InFlight { get; init; }

    /// <summary>How many records are in flight now, including those beyond the 1000 shown. Only in progress.</summary>
    public int? InFlightCount { get; init; }

    /// <summary>The first 100 failed records. Not in lists and progress.</summary>
    public IReadOnlyList<RecordErrorResponse>? Errors { get; init; }

    /// <summary>The failures by message, most frequent first. Not in lists.</summary>
    public IReadOnlyList<ErrorGroupResponse>? ErrorGroups { get; init; }

    /// <summary>Why records in flight are made again, by message, the most frequent first; left out when none are. Only
    /// in events.</summary>
    public IReadOnlyList<ErrorGroupResponse>? Retrying { get; init; }

    /// <summary>The history of the task, oldest point first, at most 240 points. Not in lists and progress.</summary>
    public IReadOnlyList<HistoryPointResponse>? History { get; init; }

    /// <summary>The newest point of the history. Only in progress, once there is one.</summary>
    public HistoryPointResponse? Point { get; init; }

    /// <summary>Indices of the good records: pairs of first and last, both included. Only in progress, of a task of at
    /// most 2000 records.</summary>
    public IReadOnlyList<int[]>? Good { get; init; }

    /// <summary>Indices of the failed records, as pairs like <c>good</c>.</summary>
    public IReadOnlyList<int[]>? Failed { get; init; }

    /// <summary>For a task of more than 2000 records, in place of <c>good</c> and <c>failed</c>: how many records of
    /// each range have ended. Only in progress.</summary>
    public CellsResponse? Cells { get; init; }
}
