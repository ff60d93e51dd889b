using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using DataGen.Contracts;
using DataGen.Gateway.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DataGen.Gateway.Api.Tasks;

/// <summary><c>GET /api/tasks</c>.</summary>
internal static class TaskListApi
{
    public static async Task<Ok<TaskListResponse>> ListAsync(
        [Range(1, 100), Description("Tasks per page, 1 to 100. Left out: 20.")] int? limit,
        [Description("Where the page begins: nextCursor of the page before. Left out: with the first task.")]
            string? cursor,
        [Description(
            "Only tasks with one of these statuses: queued, running, succeeded, failed, cancelled. A comma list (running,failed), or the parameter several times. Left out: all."
        )]
            string[]? status,
        [
            MaxLength(TaskLimits.LongestFilterText),
            Description(
                "Only tasks whose title, or the first 200 characters of whose prompt, contain this text, whatever its case; at most 200 characters."
            )
        ]
            string? q,
        [Description("true: only tasks of which a record failed for good, or which failed themselves.")] bool? failures,
        [Description(
            "What they are sorted by: createdAt, title, count or failures, with a - before it from the highest down. Left out: -createdAt, newest first."
        )]
            string? sort,
        [Description("Whose tasks: an administrator may name another user here. Left out: the caller's own.")]
            string? owner,
        TasksClient tasks,
        CancellationToken cancellationToken
    )
    {
        var request = new ListTasksRequest
        {
            Limit = limit ?? 0,
            Cursor = cursor ?? "",
            Owner = owner ?? "",
            Text = q ?? "",
            Failures = failures ?? false,
            Sort = sort ?? "",
        };
        request.Statuses.AddRange(Statuses(status ?? []));
        var page = await tasks.ListAsync(request, cancellationToken: cancellationToken);
        return TypedResults.Ok(
            new TaskListResponse(
                [.. page.Tasks.Select(task => task.ToResponse())],
                page.Total,
                page.NextCursor.Length == 0 ? null : page.NextCursor
            )
        );
    }

    private static IEnumerable<GenerationTaskStatus> Statuses(string[] names) =>
        names
            .SelectMany(name => name.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Select(name =>
                TaskStatusNames.Parse(name)
                ?? throw new FailureException(Failure.Field("status", $"Any of {TaskStatusNames.All}."))
            )
            .Distinct();
}
