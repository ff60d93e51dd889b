using System.Globalization;
using System.Text.Json;
using DataGen.Tasks.Model;
using DataGen.Tasks.Storage;
using Orleans.Concurrency;

namespace DataGen.Tasks.Metrics;

/// <summary>
/// Keeps what each task adds, absolutely, so that a report that arrives twice or after a crash changes nothing; the
/// counters are their fold.
/// </summary>
[Reentrant]
internal sealed class MetricsGrain(TaskStore store, TimeProvider clock, ILogger<MetricsGrain> logger)
    : Grain,
        IMetricsGrain
{
    private readonly Dictionary<string, string?> storedCounters = [];
    private Dictionary<string, MetricsContribution>? byTask;
    private SharedLoad<IReadOnlyDictionary<string, MetricsContribution>>? load;
    private MetricsTotals totals = MetricsTotals.None;
    private WriteBehind<MetricsContribution>? writes;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        writes = new WriteBehind<MetricsContribution>(WriteAsync, clock, logger);
        writes.Schedule(this);
        load = new SharedLoad<IReadOnlyDictionary<string, MetricsContribution>>(() =>
            store.ReadMetricsByTaskAsync(CancellationToken.None)
        );
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        writes!.TryFlushAsync();

    public async Task ReportAsync(string taskId, MetricsContribution contribution)
    {
        var known = await LoadAsync();
        known.TryGetValue(taskId, out var before);
        if (contribution == before)
        {
            return;
        }

        known[taskId] = contribution;
        totals = totals.Replace(before, contribution);
        writes!.Set(taskId, contribution, soon: before?.Active != contribution.Active);
    }

    public async Task SettleAsync(string taskId, MetricsContribution contribution)
    {
        await ReportAsync(taskId, contribution);

        // Also when nothing changed: a process may have died between storing the contribution and the counters.
        writes!.Set(taskId, contribution, soon: true);
        await writes.FlushAsync(taskId);
    }

    public async Task RemoveAsync(string taskId)
    {
        var known = await LoadAsync();
        if (known.Remove(taskId, out var before))
        {
            totals = totals.Without(before, known.Values);
        }

        writes!.Set(taskId, null, soon: true);
        await writes.FlushAsync(taskId);
    }

    public async Task<MetricsTotals> GetAsync()
    {
        await LoadAsync();
        return totals;
    }

    private async Task<Dictionary<string, MetricsContribution>> LoadAsync()
    {
        if (byTask is null)
        {
            var stored = await load!.RunAsync();
            if (byTask is null)
            {
                byTask = new Dictionary<string, MetricsContribution>(stored);
                totals = byTask.Values.Aggregate(MetricsTotals.None, (sum, task) => sum.Replace(null, task));
            }
        }

        return byTask;
    }

    private async Task WriteAsync(string taskId, MetricsContribution? contribution)
    {
        await (
            contribution is null
                ? store.RemoveMetricsOfTaskAsync(taskId, CancellationToken.None)
                : store.WriteMetricsOfTaskAsync(taskId, contribution, CancellationToken.None)
        );
        foreach (var (name, json) in Counters(totals))
        {
            if (!storedCounters.TryGetValue(name, out var stored) || stored != json)
            {
                // A write that is not confirmed may have been made all the same: until the next confirmed one nobody
                // knows what is stored.
                storedCounters.Remove(name);
                await store.WriteMetricAsync(name, json, CancellationToken.None);
                storedCounters[name] = json;
            }
        }
    }

    private static IEnumerable<(string Name, string? Json)> Counters(MetricsTotals totals)
    {
        yield return ("totalJobs", Number(totals.TotalJobs));
        yield return ("totalRecordsRequested", Number(totals.TotalRecordsRequested));
        yield return ("totalRecordsGenerated", Number(totals.TotalRecordsGenerated));
        yield return ("activeJobs", Number(totals.ActiveJobs));
        yield return ("failedJobs", Number(totals.FailedJobs));
        yield return (
            "lastJobAt",
            totals.LastJobAt is { } last
                ? JsonSerializer.Serialize(
                    last.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
                    StorageJsonContext.Default.String
                )
                : null
        );
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
