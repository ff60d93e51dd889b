namespace DataGen.Tasks.Model;

/// <summary>What one task adds to the counters; absolute, so reporting it twice changes nothing.</summary>
[GenerateSerializer, Immutable]
internal sealed record MetricsContribution(
    [property: Id(0)] int Requested,
    [property: Id(1)] int Generated,
    [property: Id(2)] bool Active,
    [property: Id(3)] bool Failed,
    [property: Id(4)] DateTimeOffset CreatedAt
)
{
    /// <summary>What this task adds as it stands.</summary>
    public static MetricsContribution From(TaskSnapshot task) =>
        new(
            task.Definition.Count,
            task.Completed - task.Failures,
            !task.Status.IsFinal(),
            task.Status == GenerationStatus.Failed,
            task.Definition.CreatedAt
        );
}
