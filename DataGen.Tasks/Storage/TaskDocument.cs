using DataGen.Tasks.Model;

namespace DataGen.Tasks.Storage;

/// <summary>
/// The stored task: the <c>DataGenTask</c> of the original design without its results. Its size does not grow with the records; what was
/// committed after it was last written is found by probing for the segments that follow <see cref="Epochs"/>.
/// </summary>
/// <param name="Good">Indices of good records, for example <c>0-17,19</c>.</param>
/// <param name="Failed">Indices of failed records.</param>
/// <param name="Epochs">The segments that count, oldest epoch first. The last epoch is open while the task is not final.</param>
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
    IReadOnlyList<RecordFailure> Errors)
{
    /// <summary>What was asked for.</summary>
    public TaskDefinition Definition() => new(Id, Owner, Title, Prompt, Count, Temperature, MaxTokens, Concurrency, CreatedAt);
}
