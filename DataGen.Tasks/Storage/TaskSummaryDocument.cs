using DataGen.Tasks.Model;

namespace DataGen.Tasks.Storage;

/// <summary>The stored line of a user's list.</summary>
internal sealed record TaskSummaryDocument(
    string Id,
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
    long DataBytes = 0
)
{
    /// <summary>The stored form of a snapshot; why it waits is not stored, since that ends with the process.</summary>
    public static TaskSummaryDocument From(TaskSnapshot task) =>
        new(
            task.Definition.Id,
            task.Definition.Title,
            task.Definition.Prompt,
            task.Definition.Count,
            task.Definition.Temperature,
            task.Definition.MaxTokens,
            task.Definition.Concurrency,
            task.Definition.CreatedAt,
            task.StartedAt,
            task.FinishedAt,
            task.Status,
            task.Completed,
            task.Failures,
            task.Tokens,
            task.FailureReason,
            task.DataBytes
        );

    /// <summary>The snapshot as it was stored.</summary>
    public TaskSnapshot ToSnapshot(string owner) =>
        new(
            new TaskDefinition(Id, owner, Title, Prompt, Count, Temperature, MaxTokens, Concurrency, CreatedAt),
            Status,
            StartedAt,
            FinishedAt,
            Completed,
            Failures,
            Tokens,
            DataBytes,
            0,
            null,
            FailureReason
        );
}
