using DataGen.Contracts;
using DataGen.Tasks.Api;
using DataGen.Tasks.Model;
using Grpc.Core;

namespace DataGen.Tasks.Running;

/// <summary>Opens leases at the Runner: streams that make it work for as long as they are read.</summary>
internal sealed class RunnerLeases(RunnerClient client)
{
    /// <summary>Opens a stream that makes missing records of a task. Disposing of it ends the lease.</summary>
    /// <param name="task">The whole task.</param>
    /// <param name="missing">The records to make.</param>
    /// <param name="proven">Whether the task has good records already: a rejected call then fails its record, not the
    /// run.</param>
    /// <param name="cancellationToken">Ends the lease.</param>
    public AsyncServerStreamingCall<RunUpdate> Open(
        TaskDefinition task,
        IReadOnlyList<Model.IndexRange> missing,
        bool proven,
        CancellationToken cancellationToken
    )
    {
        var request = new RunRequest
        {
            TaskId = task.Id,
            Spec = task.ToSpec(),
            Proven = proven,
        };
        request.Ranges.AddRange(missing.Select(TaskMapping.ToProto));
        return client.Run(request, task.Owner, cancellationToken);
    }
}
