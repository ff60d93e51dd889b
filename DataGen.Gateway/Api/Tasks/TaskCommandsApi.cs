using System.ComponentModel;
using System.Security.Claims;
using DataGen.Gateway.Backend;
using Microsoft.AspNetCore.Http.HttpResults;
using Proto = DataGen.Tasks.V1;

namespace DataGen.Gateway.Api.Tasks;

/// <summary>What can be done to a task that exists. Each may be repeated: the second time changes nothing
/// more.</summary>
internal static class TaskCommandsApi
{
    public static async Task<Ok<TaskResponse>> CancelAsync(
        [Description(TaskParameters.Id)] string id,
        [Description(TaskParameters.Owner)] string? owner,
        ClaimsPrincipal user,
        TasksBackend tasks,
        CancellationToken cancellationToken
    )
    {
        var cancelled = await tasks.Client.CancelAsync(
            new Proto.CancelTaskRequest { Id = id, Owner = owner ?? "" },
            tasks.Write(user, cancellationToken)
        );
        return TypedResults.Ok(cancelled.ToResponse());
    }

    public static async Task<Ok<TaskResponse>> RetryAsync(
        [Description(TaskParameters.Id)] string id,
        [Description(TaskParameters.Owner)] string? owner,
        ClaimsPrincipal user,
        TasksBackend tasks,
        CancellationToken cancellationToken
    )
    {
        var retried = await tasks.Client.RetryAsync(
            new Proto.RetryTaskRequest { Id = id, Owner = owner ?? "" },
            tasks.Write(user, cancellationToken)
        );
        return TypedResults.Ok(retried.ToResponse());
    }

    public static async Task<NoContent> DeleteAsync(
        [Description(TaskParameters.Id)] string id,
        [Description(TaskParameters.Owner)] string? owner,
        ClaimsPrincipal user,
        TasksBackend tasks,
        CancellationToken cancellationToken
    )
    {
        await tasks.Client.DeleteAsync(
            new Proto.DeleteTaskRequest { Id = id, Owner = owner ?? "" },
            tasks.Write(user, cancellationToken)
        );
        return TypedResults.NoContent();
    }
}
