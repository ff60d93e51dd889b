using DataGen.Tasks.Model;

namespace DataGen.Tasks.Storage;

/// <summary>
/// The stored task: the <c>DataGenTask</c> of the original design without its results. Its size does not grow with the
/// records; what was
/// committed after it was last written is found by probing for the segments that follow <see cref="Epochs"/>.
/// </summary>
/// <param name="Good">Indices of good records, for example <c>0-17,19</c>; empty for a task in shards.</param>
/// <param name="Failed">Indices of failed records; likewise.</param>
/// <param name="Epochs">The segments that count, oldest epoch first. The last epoch is open while the task is not
/// final. Empty for a task in shards.</param>
/// <param name="Errors">The failures of lowest index, at most <see cref="RecordFailure.ShownPerTask"/>.</param>
internal sealed record TaskDocument(
    string Id,
    string Owner,
    string Title,
    string Prompt,
    int Count,
    double? Temperature,
    int? MaxTokens,
    int? Concurrency,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    GenerationStatus Status,
    int Completed,
    int Failures,
    TokenCount Tokens,
    string? FailureReason,
    string Good,
    string Failed,
    IReadOnlyList<EpochExtent> Epochs,
    IReadOnlyList<RecordFailure> Errors
)
{
    /// <summary>How often the task was retried.</summary>
    public int Run { get; init; }

    /// <summary>Bytes of the good records.</summary>
    public long DataBytes { get; init; }

    /// <summary>When the newest segment was stored.</summary>
    public DateTimeOffset? LastStoredAt { get; init; }

    /// <summary>All failures by message.</summary>
    public IReadOnlyList<ErrorCount>? ErrorCounts { get; init; }

    /// <summary>How the work went over time.</summary>
    public IReadOnlyList<HistoryPoint>? History { get; init; }

    /// <summary>The shards of a large task, in index order; null: the task is not cut.</summary>
    public IReadOnlyList<ShardSummary>? Shards { get; init; }

    /// <summary>The picture of a large task in shards that has ended.</summary>
    public CellCounts? Cells { get; init; }

    /// <summary>Whether its owner has deleted it: it is there for nobody, and what is left of it is being
    /// removed.</summary>
    public bool Deleted { get; init; }

    /// <summary>What was asked for.</summary>
    public TaskDefinition Definition() =>
        new(Id, Owner, Title, Prompt, Count, Temperature, MaxTokens, Concurrency, CreatedAt);

    /// <summary>What is stored of the records of a task that is not cut.</summary>
    public ShardState WholeState() => new(Good, Failed, Epochs, Errors, ErrorCounts, Tokens, DataBytes, LastStoredAt);
}
