using DataGen.Tasks.Model;

namespace DataGen.Tasks.Metrics;

/// <summary>The counters over all tasks of all users.</summary>
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
    /// <summary>No task at all.</summary>
    public static MetricsTotals None { get; } = new(0, 0, 0, 0, 0, null);

    /// <summary>The totals after one task's contribution changed from <paramref name="before"/> (null: the task is
    /// new).</summary>
    public MetricsTotals Replace(MetricsContribution? before, MetricsContribution after) =>
        new(
            TotalJobs + (before is null ? 1 : 0),
            TotalRecordsRequested + after.Requested - (before?.Requested ?? 0),
            TotalRecordsGenerated + after.Generated - (before?.Generated ?? 0),
            ActiveJobs + Number(after.Active) - Number(before?.Active ?? false),
            FailedJobs + Number(after.Failed) - Number(before?.Failed ?? false),
            LastJobAt is { } last && last > after.CreatedAt ? last : after.CreatedAt
        );

    /// <summary>The totals after a task was deleted; <paramref name="rest"/> are the others.</summary>
    public MetricsTotals Without(MetricsContribution deleted, IEnumerable<MetricsContribution> rest) =>
        new(
            TotalJobs - 1,
            TotalRecordsRequested - deleted.Requested,
            TotalRecordsGenerated - deleted.Generated,
            ActiveJobs - Number(deleted.Active),
            FailedJobs - Number(deleted.Failed),
            LastJobAt > deleted.CreatedAt ? LastJobAt : rest.Max(task => (DateTimeOffset?)task.CreatedAt)
        );

    private static int Number(bool value) => value ? 1 : 0;
}
