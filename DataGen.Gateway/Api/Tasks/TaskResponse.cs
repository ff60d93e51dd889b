namespace DataGen.Gateway.Api.Tasks;

/// <summary>A task. What only the single task, or only its progress, tells is left out elsewhere.</summary>
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

    /// <summary>Why nothing moves just now.</summary>
    public string? WaitingReason { get; init; }

    /// <summary>Why it failed.</summary>
    public string? FailureReason { get; init; }

    /// <summary>The records being worked on now.</summary>
    public IReadOnlyList<InFlightResponse>? InFlight { get; init; }

    /// <summary>The first 100 failed records.</summary>
    public IReadOnlyList<RecordErrorResponse>? Errors { get; init; }

    /// <summary>Indices of good records: pairs of first and last, both included.</summary>
    public IReadOnlyList<int[]>? Good { get; init; }

    /// <summary>Indices of failed records, likewise.</summary>
    public IReadOnlyList<int[]>? Failed { get; init; }

    /// <summary>Records stored per second over the last ten seconds.</summary>
    public double? RecordsPerSecond { get; init; }
}
