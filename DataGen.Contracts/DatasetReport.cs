using Grpc.Core;

namespace DataGen.Contracts;

/// <summary>All that a report on a dataset, and its card, say.</summary>
/// <param name="Task">What was asked for and what it took.</param>
/// <param name="Profile">What is in the dataset, how much texts vary included.</param>
public sealed record DatasetReport(TaskDetail Task, ProfileReply Profile)
{
    /// <summary>Asks Tasks and Explorer, both at once.</summary>
    /// <param name="id">The task's id.</param>
    /// <param name="owner">Another user's name, for admins only; null: the caller.</param>
    /// <param name="tasks">Calls Tasks.</param>
    /// <param name="explorer">Calls Explorer.</param>
    /// <param name="cancellationToken">Ends both calls.</param>
    /// <exception cref="RpcException">As either service says.</exception>
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
