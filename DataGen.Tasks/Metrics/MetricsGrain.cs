using System.Globalization;
using System.Text.Json;
using DataGen.Tasks.Model;
using DataGen.Tasks.Storage;
using Orleans.Concurrency;

namespace DataGen.Tasks.Metrics;

/// <summary>Keeps one contribution per user; the counters are their sum.</summary>
[Reentrant]
internal sealed class MetricsGrain(TaskStore store, TimeProvider clock, ILogger<MetricsGrain> logger)
    : Grain,
        IMetricsGrain
{
    private readonly Dictionary<string, string?> storedCounters = [];
    private Dictionary<string, UserContribution>? byUser;
    private SharedLoad<StoredMetrics>? load;
    private MetricsTotals? totals;
    private WriteBehind<MetricsTotals>? writes;
    private WriteBehind<string>? oldFields;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        writes = new WriteBehind<MetricsTotals>(WriteAsync, clock, logger);
        writes.Schedule(this);
        oldFields = new WriteBehind<string>(
            (taskId, _) => store.RemoveOldMetricAsync(taskId, CancellationToken.None),
            clock,
            logger
        );
        oldFields.Schedule(this);
        load = new SharedLoad<StoredMetrics>(() => StoredMetrics.ReadAsync(store, CancellationToken.None));
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        writes!.TryFlushAsync();

    public async Task ReportAsync(UserContribution contribution)
    {
        var known = await LoadAsync();
        known.TryGetValue(contribution.Username, out var before);
        if (before?.Version > contribution.Version)
        {
            return;
        }

        known[contribution.Username] = contribution;
        if (contribution.Totals != before?.Totals)
        {
            totals = null;
            writes!.Set(
                contribution.Username,
                contribution.Totals,
                soon: contribution.Totals.ActiveJobs != before?.Totals.ActiveJobs
            );
        }
    }

    public async Task SettleAsync(UserContribution contribution)
    {
        await ReportAsync(contribution);

        // Written even when nothing changed: a process may have died between storing the contribution and the counters.
        writes!.Set(contribution.Username, byUser![contribution.Username].Totals, soon: true);
        await writes.FlushAsync(contribution.Username);
    }

    public async Task<MetricsTotals> GetAsync()
    {
        await LoadAsync();
        return Totals();
    }

    private async Task<Dictionary<string, UserContribution>> LoadAsync()
    {
        if (byUser is null)
        {
            var stored = await load!.RunAsync();
            if (byUser is null)
            {
                byUser = stored.ByUser.ToDictionary(
                    user => user.Key,
                    user => new UserContribution(user.Key, 0, user.Value)
                );
                foreach (var taskId in stored.OldFields)
                {
                    oldFields!.Set(taskId, null, soon: true);
                }
            }
        }

        return byUser;
    }

    private MetricsTotals Totals() => totals ??= MetricsTotals.Sum(byUser!.Values.Select(user => user.Totals));

    private async Task WriteAsync(string username, MetricsTotals? contribution)
    {
        await store.WriteMetricsOfUserAsync(username, contribution!, CancellationToken.None);
        foreach (var (name, json) in Counters(Totals()))
        {
            if (!storedCounters.TryGetValue(name, out var stored) || stored != json)
            {
                // A write that is not confirmed may have been made. Until the next confirmed write it is not known what
                // is stored.
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
