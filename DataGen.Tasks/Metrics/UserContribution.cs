using DataGen.Tasks.Model;

namespace DataGen.Tasks.Metrics;

/// <summary>What the tasks of one user add to the counters. The figures are absolute, so a report that arrives twice
/// changes nothing.</summary>
/// <param name="Username">The user.</param>
/// <param name="Version">Grows with every report, also from one activation of the user's grain to the next, because
/// Orleans does not promise that calls arrive in the order in which they were made.</param>
/// <param name="Totals">The sum over the user's tasks.</param>
[GenerateSerializer, Immutable]
internal sealed record UserContribution(
    [property: Id(0)] string Username,
    [property: Id(1)] long Version,
    [property: Id(2)] MetricsTotals Totals
);
