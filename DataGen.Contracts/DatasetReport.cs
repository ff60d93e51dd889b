using Grpc.Core;

namespace DataGen.Contracts;

/// <summary>The data of a dataset's report and card.</summary>
/// <param name="Task">The task: its definition and its cost.</param>
/// <param name="Profile">The profile of the dataset, with the variety of its texts.</param>
public sealed record DatasetReport(TaskDetail Task, ProfileReply Profile)
{
    /// <summary>Reads from Tasks and Explorer, both at once.</summary>
    /// <param name="id">The task's id.</param>
    /// <param name="owner">Another user's name, for admins only; null: the caller.</param>
    /// <param name="tasks">The client of Tasks.</param>
    /// <param name="explorer">The client of Explorer.</param>
    /// <param name="cancellationToken">Ends both calls.</param>
    /// <exception cref="RpcException">The failure of either service.</exception>
    public static async Task<DatasetReport> ReadAsync(
        string id,
        string? owner,
        TasksClient tasks,
        ExplorerClient explorer,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(tasks);
        ArgumentNullException.ThrowIfNull(explorer);
        var view = new RecordView { Id = id, Owner = owner ?? "" };
        var task = tasks
            .GetAsync(new TaskReference { Id = id, Owner = view.Owner }, cancellationToken: cancellationToken)
            .ResponseAsync;
        var profile = explorer
            .ProfileAsync(new ProfileRequest { View = view, Variety = true }, cancellationToken: cancellationToken)
            .ResponseAsync;
        await System.Threading.Tasks.Task.WhenAll(task, profile);
        return new DatasetReport(await task, await profile);
    }
}
