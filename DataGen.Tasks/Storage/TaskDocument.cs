using System.Text.Json.Serialization;
using DataGen.Tasks.Model;

namespace DataGen.Tasks.Storage;

/// <summary>
/// The stored task. Its size does not grow with the number of records, which the shards know. An entry of a user's list
/// has the same form, without the members that only the task's own document holds.
/// </summary>
internal sealed record TaskDocument
{
    public required string Id { get; init; }

    /// <summary>Null in a user's list, whose key names the user.</summary>
    public string? Owner { get; init; }
    public required string Title { get; init; }
    public required string Prompt { get; init; }
    public required int Count { get; init; }
    public double? Temperature { get; init; }
    public int? MaxTokens { get; init; }
    public int? Concurrency { get; init; }

    /// <summary>The definition beyond prompt and count, as JSON; only in the task's own document.</summary>
    public string? Sampling { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public required GenerationStatus Status { get; init; }
    public int Completed { get; init; }
    public int Failures { get; init; }
    public TokenCount Tokens { get; init; }
    public string? FailureReason { get; init; }

    /// <summary>The response format that the inference server is asked for: <c>json_object</c> or
    /// <c>none</c>.</summary>
    public string? ResponseFormat { get; init; }

    /// <summary>Answers that were rejected.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Rejections Rejected { get; init; }

    /// <summary>The cost of its calls.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Spent Spent { get; init; }

    /// <summary>Why the task was stopped, if no user cancelled it.</summary>
    public StopReason? StoppedBy { get; init; }

    /// <summary>Bytes of the good records.</summary>
    public long DataBytes { get; init; }

    /// <summary>How often the task was retried.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Run { get; init; }

    /// <summary>When the newest segment was stored.</summary>
    public DateTimeOffset? LastStoredAt { get; init; }

    /// <summary>Every shard, in index order; null in a document of a version without shards.</summary>
    public IReadOnlyList<ShardSummary>? Shards { get; init; }

    /// <summary>Indices of good records of a task that is shown record by record, for example <c>0-17,19</c>.</summary>
    public string? Good { get; init; }

    /// <summary>Indices of failed records of a task that is shown record by record.</summary>
    public string? Failed { get; init; }

    /// <summary>The cells of a large task, once it has ended.</summary>
    public CellCounts? Cells { get; init; }

    /// <summary>The failures with the lowest indices, at most <see cref="RecordFailure.ShownPerTask"/>.</summary>
    public IReadOnlyList<RecordFailure>? Errors { get; init; }

    /// <summary>All failures by message.</summary>
    public IReadOnlyList<ErrorCount>? ErrorCounts { get; init; }

    /// <summary>How the work went over time, as points.</summary>
    public IReadOnlyList<HistoryPoint>? History { get; init; }

    /// <summary>The segments of a task that was stored without shards. They are kept, because they are its one shard's
    /// state until that shard has a document of its own.</summary>
    public IReadOnlyList<EpochExtent>? Epochs { get; init; }

    /// <summary>Whether the task's owner has deleted it: no caller sees it any more, and the rest of it is being
    /// removed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Deleted { get; init; }

    /// <summary>Whether people have changed its records.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Curated { get; init; }

    /// <summary>The stored form of a snapshot. The waiting reason is not stored, because it ends with the
    /// process.</summary>
    public static TaskDocument From(TaskSnapshot task) =>
        new()
        {
            Id = task.Definition.Id,
            Title = task.Definition.Title,
            Prompt = task.Definition.Prompt,
            Count = task.Definition.Count,
            Temperature = task.Definition.Temperature,
            MaxTokens = task.Definition.MaxTokens,
            Concurrency = task.Definition.Concurrency,
            CreatedAt = task.Definition.CreatedAt,
            Curated = task.Definition.IsCurated,
            StartedAt = task.StartedAt,
            FinishedAt = task.FinishedAt,
            Status = task.Status,
            Completed = task.Completed,
            Failures = task.Failures,
            Tokens = task.Tokens,
            FailureReason = task.FailureReason,
            ResponseFormat = task.ResponseFormat,
            DataBytes = task.DataBytes,
            Rejected = task.Rejected,
            Spent = task.Spent,
            StoppedBy = task.StoppedBy,
        };

    /// <summary>What was asked for.</summary>
    public TaskDefinition Definition(string owner) =>
        new(Id, owner, Title, Prompt, Count, Temperature, MaxTokens, Concurrency, CreatedAt, Sampling, Curated);

    /// <summary>The snapshot as it was stored.</summary>
    public TaskSnapshot ToSnapshot(string owner) =>
        new(
            Definition(owner),
            Status,
            StartedAt,
            FinishedAt,
            Completed,
            Failures,
            Tokens,
            DataBytes,
            0,
            null,
            FailureReason,
            ResponseFormat,
            Rejected,
            Spent,
            StoppedBy
        );
}
