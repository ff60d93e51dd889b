using DataGen.Tasks.Metrics;
using DataGen.Tasks.Model;
using DataGen.Tasks.Users;

namespace DataGen.Tasks.Tasks;

/// <summary>How a task tells the user's list and the counters where it stands.</summary>
internal static class TaskReports
{
    /// <summary>Tells both; they store it soon.</summary>
    public static Task ReportAsync(this IGrainFactory grains, TaskSnapshot task) =>
        Task.WhenAll(
            grains.GetGrain<IUserTasksGrain>(task.Definition.Owner).ReportAsync(task),
            grains.GetGrain<IMetricsGrain>(0).ReportAsync(task.Definition.Id, MetricsContribution.From(task))
        );

    /// <summary>Tells both and returns when both have stored it.</summary>
    public static Task RecordSettledAsync(this IGrainFactory grains, TaskSnapshot task) =>
        Task.WhenAll(
            grains.GetGrain<IUserTasksGrain>(task.Definition.Owner).SettleAsync(task),
            grains.GetGrain<IMetricsGrain>(0).SettleAsync(task.Definition.Id, MetricsContribution.From(task))
        );

    /// <summary>Has both forget a deleted task and returns when both have stored that.</summary>
    public static Task RecordDeletedAsync(this IGrainFactory grains, string owner, string taskId) =>
        Task.WhenAll(
            grains.GetGrain<IUserTasksGrain>(owner).RemoveAsync(taskId),
            grains.GetGrain<IMetricsGrain>(0).RemoveAsync(taskId)
        );
}
