using DataGen.Tasks.Model;
using DataGen.Tasks.Users;

namespace DataGen.Tasks.Tasks;

/// <summary>Reports the state of a task to its user's grain, which reports to the counters.</summary>
internal static class TaskReports
{
    /// <summary>Reports the state; stored soon.</summary>
    public static Task ReportAsync(this IGrainFactory grains, TaskSnapshot task) =>
        grains.GetGrain<IUserTasksGrain>(task.Definition.Owner).ReportAsync(task);

    /// <summary>Reports the state and returns when that is stored.</summary>
    public static Task RecordSettledAsync(this IGrainFactory grains, TaskSnapshot task) =>
        grains.GetGrain<IUserTasksGrain>(task.Definition.Owner).SettleAsync(task);

    /// <summary>Removes a deleted task from the list and the counters, and returns when that is stored.</summary>
    public static Task RecordDeletedAsync(this IGrainFactory grains, string owner, string taskId) =>
        grains.GetGrain<IUserTasksGrain>(owner).RemoveAsync(taskId);
}
