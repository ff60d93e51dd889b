using DataGen.Tasks.Failures;
using DataGen.Tasks.Model;
using Orleans.Concurrency;

namespace DataGen.Tasks.Metrics;

/// <summary>The one writer of the counters over all tasks; its key is 0.</summary>
internal interface IMetricsGrain : IGrainWithIntegerKey
{
    /// <summary>Notes what a task adds, in place of what it added before; stored soon.</summary>
    Task ReportAsync(string taskId, MetricsContribution contribution);

    /// <summary>Likewise, and returns when it is stored.</summary>
    /// <exception cref="StoreUnavailableException">The store did not confirm it.</exception>
    Task SettleAsync(string taskId, MetricsContribution contribution);

    /// <summary>Takes what a deleted task adds out again, and returns when that is stored.</summary>
    /// <exception cref="StoreUnavailableException">The store did not confirm it.</exception>
    Task RemoveAsync(string taskId);

    /// <summary>The counters: the fold over all tasks.</summary>
    [ReadOnly]
    Task<MetricsTotals> GetAsync();
}
