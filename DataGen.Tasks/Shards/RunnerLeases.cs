using DataGen.Tasks.Failures;
using Grpc.Core;

namespace DataGen.Tasks.Shards;

/// <summary>Opens leases at the Runner: streams on which it makes records for as long as they are read.</summary>
internal sealed class RunnerLeases(RunnerConnections runners)
{
    /// <summary>Why no record is made, in words for the task's user that name the service which refused.</summary>
    public static string Reason(RpcException failure) =>
        failure.StatusCode switch
        {
            StatusCode.Unavailable => "No Runner can be reached; trying again.",
            StatusCode.Unauthenticated or StatusCode.PermissionDenied =>
                $"The Runner refuses the calls of the tasks service ({failure.StatusCode}): "
                    + "DATAGEN_SESSION_SECRET has to be the same for both. Trying again.",
            StatusCode.Unimplemented =>
                "What answers at the Runner's address is no Runner, or one of another version; trying again.",
            _ when failure.IsTransient() => $"The Runner broke off ({failure.StatusCode}); trying again.",
            _ => $"The Runner refused the task: {failure.Status.Detail}",
        };

    /// <summary>Opens a stream that makes records of a task. Disposing of the lease ends it.</summary>
    /// <param name="owner">The task's owner.</param>
    /// <param name="cancellationToken">Ends the lease.</param>
    /// <exception cref="RpcException">No Runner answers.</exception>
    public async Task<Lease> OpenAsync(string owner, CancellationToken cancellationToken)
    {
        var runner = await runners.OpenAsync(owner, cancellationToken);
        return new Lease(
            runner.Client.Run(owner, cancellationToken),
            runner.Load.Capacity,
            () => runners.Close(runner)
        );
    }
}
