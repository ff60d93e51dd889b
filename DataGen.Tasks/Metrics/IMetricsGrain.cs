using DataGen.Tasks.Failures;
using DataGen.Tasks.Model;
using Orleans.Concurrency;

namespace DataGen.Tasks.Metrics;

/// <summary>The one writer of the counters over all tasks; its key is 0.</summary>
internal interface IMetricsGrain : IGrainWithIntegerKey
{
    /// <summary>Takes what a user's tasks add, in place of what they added before; stored soon.</summary>
    Task ReportAsync(UserContribution contribution);

    /// <summary>The same, and returns when it, or what has replaced it, is stored.</summary>
    /// <exception cref="StoreUnavailableException">The store did not confirm it.</exception>
    Task SettleAsync(UserContribution contribution);

    /// <summary>The counters: the fold over all tasks.</summary>
    [ReadOnly]
    Task<MetricsTotals> GetAsync();
}
