using System.Text.Json.Serialization;

namespace DataGen.Gateway.Api.Metrics;

/// <summary>The counters, over all tasks of all users.</summary>
/// <param name="TotalJobs">Tasks ever accepted.</param>
/// <param name="TotalRecordsRequested">The sum of their counts.</param>
/// <param name="TotalRecordsGenerated">Good records stored.</param>
/// <param name="ActiveJobs">Tasks queued or running.</param>
/// <param name="FailedJobs">Tasks that failed.</param>
/// <param name="LastJobAt">When the newest was accepted (UTC); null when there is none.</param>
internal sealed record MetricsResponse(
    long TotalJobs,
    long TotalRecordsRequested,
    long TotalRecordsGenerated,
    long ActiveJobs,
    long FailedJobs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTime? LastJobAt
);
