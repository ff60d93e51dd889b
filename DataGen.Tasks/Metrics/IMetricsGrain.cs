using DataGen.Tasks.Failures;
using DataGen.Tasks.Model;
using Orleans.Concurrency;

namespace DataGen.Tasks.Metrics;

/// <summary>The one writer of the counters over all tasks; its key is 0.</summary>
internal interface IMetricsGrain : IGrainWithIntegerKey
{
    /// <summary>Replaces a user's contribution to the counters; stored soon.</summary>
    Task ReportAsync(UserContribution contribution);

    /// <summary>Replaces a user's contribution, and returns when it, or a later one, is stored.</summary>
    /// <exception cref="StoreUnavailableException">The store did not confirm it.</exception>
    Task SettleAsync(UserContribution contribution);

    /// <summary>The counters: the sum over all tasks.</summary>
    [ReadOnly]
    Task<MetricsTotals> GetAsync();
}
