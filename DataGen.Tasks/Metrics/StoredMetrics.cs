using DataGen.Ratio1;
using DataGen.Tasks.Model;
using DataGen.Tasks.Storage;

namespace DataGen.Tasks.Metrics;

/// <summary>The stored state of the counters.</summary>
/// <param name="ByUser">The contribution of each user's tasks.</param>
/// <param name="OldFields">Tasks with a field of their own, which an earlier version stored; these fields are to be
/// removed.</param>
internal sealed record StoredMetrics(
    IReadOnlyDictionary<string, MetricsTotals> ByUser,
    IReadOnlyCollection<string> OldFields
)
{
    /// <summary>Reads the state. For users whose contribution an earlier version stored per task, the contribution is
    /// computed from the user's list.</summary>
    public static async Task<StoredMetrics> ReadAsync(TaskStore store, CancellationToken cancellationToken)
    {
        var byUser = await store.ReadMetricsByUserAsync(cancellationToken);
        var oldFields = await store.ReadOldMetricsAsync(cancellationToken);

        // The fields name no owner, so one task's document per user is read for it; that user's list then names the
        // other tasks.
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

    // Null: the task is gone, or its document cannot be read.
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
