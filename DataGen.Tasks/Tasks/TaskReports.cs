using DataGen.Tasks.Model;
using DataGen.Tasks.Users;

namespace DataGen.Tasks.Tasks;

/// <summary>How a task tells its user's grain where it stands; that one tells the counters.</summary>
internal static class TaskReports
{
    /// <summary>Tells it; stored soon.</summary>
    public static Task ReportAsync(this IGrainFactory grains, TaskSnapshot task) =>
        grains.GetGrain<IUserTasksGrain>(task.Definition.Owner).ReportAsync(task);

    /// <summary>Tells it and returns when that is stored.</summary>
    public static Task RecordSettledAsync(this IGrainFactory grains, TaskSnapshot task) =>
        grains.GetGrain<IUserTasksGrain>(task.Definition.Owner).SettleAsync(task);

    /// <summary>Has a deleted task forgotten and returns when that is stored.</summary>
    public static Task RecordDeletedAsync(this IGrainFactory grains, string owner, string taskId) =>
        grains.GetGrain<IUserTasksGrain>(owner).RemoveAsync(taskId);
}
