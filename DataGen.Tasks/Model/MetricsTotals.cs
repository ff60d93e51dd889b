namespace DataGen.Tasks.Model;

/// <summary>The counters of one task, of a user's tasks, or of all tasks.</summary>
[GenerateSerializer, Immutable]
internal sealed record MetricsTotals(
    [property: Id(0)] long TotalJobs,
    [property: Id(1)] long TotalRecordsRequested,
    [property: Id(2)] long TotalRecordsGenerated,
    [property: Id(3)] long ActiveJobs,
    [property: Id(4)] long FailedJobs,
    [property: Id(5)] DateTimeOffset? LastJobAt
)
{
    private static readonly MetricsTotals None = new(0, 0, 0, 0, 0, null);

    /// <summary>The sum over tasks.</summary>
    public static MetricsTotals Of(IEnumerable<TaskSnapshot> tasks) => Sum(tasks.Select(Of));

    /// <summary>The sum of counters of disjoint sets of tasks.</summary>
    public static MetricsTotals Sum(IEnumerable<MetricsTotals> parts) => parts.Aggregate(None, Add);

    private static MetricsTotals Of(TaskSnapshot task) =>
        new(
            1,
            task.Definition.Count,
            task.Completed - task.Failures,
            task.Status.IsFinal() ? 0 : 1,
            task.Status == GenerationStatus.Failed ? 1 : 0,
            task.Definition.CreatedAt
        );

    private static MetricsTotals Add(MetricsTotals left, MetricsTotals right) =>
        new(
            left.TotalJobs + right.TotalJobs,
            left.TotalRecordsRequested + right.TotalRecordsRequested,
            left.TotalRecordsGenerated + right.TotalRecordsGenerated,
            left.ActiveJobs + right.ActiveJobs,
            left.FailedJobs + right.FailedJobs,
            left.LastJobAt > right.LastJobAt || right.LastJobAt is null ? left.LastJobAt : right.LastJobAt
        );
}
