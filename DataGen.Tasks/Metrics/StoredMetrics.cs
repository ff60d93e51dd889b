using DataGen.Ratio1;
using DataGen.Tasks.Model;
using DataGen.Tasks.Storage;

namespace DataGen.Tasks.Metrics;

/// <summary>What is stored for the counters.</summary>
/// <param name="ByUser">What the tasks of each user add.</param>
/// <param name="OldFields">Tasks for which an earlier version stored a field each; to be removed.</param>
internal sealed record StoredMetrics(
    IReadOnlyDictionary<string, MetricsTotals> ByUser,
    IReadOnlyCollection<string> OldFields
)
{
    /// <summary>Reads it. The users whose contribution an earlier version stored per task are taken over: their own
    /// lists say what they have.</summary>
    public static async Task<StoredMetrics> ReadAsync(TaskStore store, CancellationToken cancellationToken)
    {
        var byUser = await store.ReadMetricsByUserAsync(cancellationToken);
        var oldFields = await store.ReadOldMetricsAsync(cancellationToken);

        // A field named no owner: the task's document does, once per user, since the list then names the others.
        var (owners, covered) = (new HashSet<string>(), new HashSet<string>());
        foreach (var taskId in oldFields)
        {
            if (
                covered.Contains(taskId)
                || await OwnerAsync(store, taskId, cancellationToken) is not { } owner
                || !owners.Add(owner)
            )
            {
                continue;
            }

            var tasks = await store.ReadUserTasksAsync(owner, cancellationToken);
            covered.UnionWith(tasks.Select(task => task.Definition.Id));
            if (!byUser.ContainsKey(owner))
            {
                byUser[owner] = MetricsTotals.Of(tasks);
                await store.WriteMetricsOfUserAsync(owner, byUser[owner], cancellationToken);
            }
        }

        return new StoredMetrics(byUser, oldFields);
    }

    // Null: the task is gone, or what is stored for it is no task.
    private static async Task<string?> OwnerAsync(TaskStore store, string taskId, CancellationToken cancellationToken)
    {
        try
        {
            return (await store.ReadTaskAsync(taskId, cancellationToken))?.Owner;
        }
        catch (Ratio1Exception exception) when (!exception.IsTransient)
        {
            return null;
        }
    }
}
