namespace DataGen.Tasks.Model;

/// <summary>A task at one moment, without its records, as lists need it.</summary>
[GenerateSerializer, Immutable]
internal sealed record TaskSnapshot(
    [property: Id(0)] TaskDefinition Definition,
    [property: Id(1)] GenerationStatus Status,
    [property: Id(2)] DateTimeOffset? StartedAt,
    [property: Id(3)] DateTimeOffset? FinishedAt,
    [property: Id(4)] int Completed,
    [property: Id(5)] int Failures,
    [property: Id(6)] TokenCount Tokens,
    [property: Id(7)] long DataBytes,
    [property: Id(8)] double PerSecond,
    [property: Id(9)] string? WaitingReason,
    [property: Id(10)] string? FailureReason,
    [property: Id(11)] string? ResponseFormat,
    [property: Id(12)] Rejections Rejected = default,
    [property: Id(13)] Spent Spent = default,
    [property: Id(14)] StopReason? StoppedBy = null
)
{
    /// <summary>The snapshot with the prompt cut for lists.</summary>
    public TaskSnapshot WithShortPrompt() => this with { Definition = Definition.WithShortPrompt() };
}
