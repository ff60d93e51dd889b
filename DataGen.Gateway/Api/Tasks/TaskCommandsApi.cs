using System.ComponentModel;
using DataGen.Contracts;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DataGen.Gateway.Api.Tasks;

/// <summary>Commands on a task. All except <c>extend</c> are idempotent.</summary>
internal static class TaskCommandsApi
{
    public static async Task<Ok<TaskResponse>> CancelAsync(
        [Description(TaskParameters.Id)] string id,
        [Description(TaskParameters.Owner)] string? owner,
        TasksClient tasks,
        CancellationToken cancellationToken
    )
    {
        var cancelled = await tasks.CancelAsync(
            new TaskReference { Id = id, Owner = owner ?? "" },
            cancellationToken: cancellationToken
        );
        return TypedResults.Ok(cancelled.ToResponse());
    }

    public static async Task<Ok<TaskResponse>> RetryAsync(
        [Description(TaskParameters.Id)] string id,
        [Description(TaskParameters.Owner)] string? owner,
        TaskRetry? retry,
        TasksClient tasks,
        CancellationToken cancellationToken
    )
    {
        var request = new RetryTaskRequest { Id = id, Owner = owner ?? "" };
        if (retry?.MaxTokens is { } maxTokens)
        {
            request.MaxTokens = maxTokens;
        }

        var retried = await tasks.RetryAsync(request, cancellationToken: cancellationToken);
        return TypedResults.Ok(retried.ToResponse());
    }

    public static async Task<Ok<TaskResponse>> ExtendAsync(
        [Description(TaskParameters.Id)] string id,
        [Description(TaskParameters.Owner)] string? owner,
        TaskExtension extension,
        TasksClient tasks,
        CancellationToken cancellationToken
    )
    {
        var extended = await tasks.ExtendAsync(
            new ExtendTaskRequest
            {
                Id = id,
                Owner = owner ?? "",
                Count = extension.Count ?? 0,
            },
            cancellationToken: cancellationToken
        );
        return TypedResults.Ok(extended.ToResponse());
    }

    public static async Task<Ok<TaskResponse>> SetBudgetAsync(
        [Description(TaskParameters.Id)] string id,
        [Description(TaskParameters.Owner)] string? owner,
        TaskBudget budget,
        TasksClient tasks,
        CancellationToken cancellationToken
    )
    {
        var request = new SetBudgetRequest
        {
            Id = id,
            Owner = owner ?? "",
            Until = budget.Until?.ToTimestamp(),
        };
        if (budget.Calls is { } calls)
        {
            request.Calls = calls;
        }

        if (budget.Tokens is { } most)
        {
            request.Tokens = most;
        }

        if (budget.Cost is { } cost)
        {
            request.Cost = cost;
        }

        var changed = await tasks.SetBudgetAsync(request, cancellationToken: cancellationToken);
        return TypedResults.Ok(changed.ToResponse());
    }

    public static async Task<NoContent> DeleteAsync(
        [Description(TaskParameters.Id)] string id,
        [Description(TaskParameters.Owner)] string? owner,
        TasksClient tasks,
        CancellationToken cancellationToken
    )
    {
        await tasks.DeleteAsync(
            new TaskReference { Id = id, Owner = owner ?? "" },
            cancellationToken: cancellationToken
        );
        return TypedResults.NoContent();
    }
}
