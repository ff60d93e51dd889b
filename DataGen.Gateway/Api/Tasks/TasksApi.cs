using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using DataGen.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace DataGen.Gateway.Api.Tasks;

/// <summary><c>/api/tasks</c>.</summary>
internal static class TasksApi
{
    /// <summary>The most bytes of a request that brings a definition: it may hold a schema of 64 KB and seed
    /// data.</summary>
    public const int LargestBody = 512 * 1024;

    /// <summary>Maps the calls.</summary>
    public static RouteGroupBuilder MapTasksApi(this RouteGroupBuilder api)
    {
        var tasks = api.MapGroup("/tasks").WithTags("tasks");
        tasks
            .MapPost("", CreateAsync)
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody))
            .WithSummary("Create a task")
            .WithDescription(
                "Creates a task and queues it. "
                    + "When this answers, the task is stored and goes on by itself. Its address is in the Location header."
            )
            .ProducesValidationProblem()
            .ProducesProblem(429);
        tasks
            .MapGet("", TaskListApi.ListAsync)
            .WithSummary("List tasks")
            .WithDescription(
                "The caller's tasks, newest first. "
                    + "A page at a time: as long as there is a nextCursor, ask again with it as cursor. Filters of status and text combine."
            )
            .ProducesValidationProblem();
        tasks
            .MapGet("/{id}", GetAsync)
            .WithSummary("Read a task")
            .WithDescription(
                "One task; with results=true all its records in index order, null where one failed or is missing. "
                    + "Tells what is in flight now, the first failed records, the failures by message, and points over time for charts."
            )
            .ProducesProblem(404);
        tasks
            .MapGet("/{id}/records", ListRecordsAsync)
            .WithSummary("List records")
            .WithDescription(
                "A page of the records that have ended, by index, or with order=newest the last stored first."
            )
            .ProducesValidationProblem()
            .ProducesProblem(404);
        tasks
            .MapPost("/{id}/cancel", TaskCommandsApi.CancelAsync)
            .WithSummary("Cancel a task")
            .WithDescription(
                "Stops the task for good and keeps what is done. "
                    + "Answers with the task as it is now. A task that has ended stays as it is, and that is no error."
            )
            .ProducesProblem(404);
        tasks
            .MapPost("/{id}/retry", TaskCommandsApi.RetryAsync)
            .WithSummary("Retry or resume a task")
            .WithDescription(
                "Makes the failed and the missing records of an ended task again; the good ones stay. "
                    + "Answers with the task as it is now. A task that has not ended, or has no such records, stays as it is, and that is no error. "
                    + "The body may be left out; maxTokens in it raises the bound for records that were cut off. Counts as a creation for the limit of tasks a minute."
            )
            .ProducesValidationProblem()
            .ProducesProblem(429)
            .ProducesProblem(404);
        tasks
            .MapPost("/{id}/extend", TaskCommandsApi.ExtendAsync)
            .WithSummary("Add records")
            .WithDescription(
                "Makes more records of an ended task; the good ones stay as they are. "
                    + "Answers with the task as it is now: its count is the sum. The new records are a block of their own, whose drawn values are shared out exactly as if they stood alone; "
                    + "those that failed or are missing are made too. 409 while the task has not ended. Sent twice, it extends twice. Counts as a creation for the limit of tasks a minute."
            )
            .ProducesValidationProblem()
            .ProducesProblem(429)
            .ProducesProblem(404)
            .ProducesProblem(409);
        tasks
            .MapPost("/{id}/budget", TaskCommandsApi.SetBudgetAsync)
            .WithSummary("Set the budget")
            .WithDescription(
                "Sets what the task may cost from now on. "
                    + "Answers with the task as it is now. One that has ended because its budget was used up, or its time over, goes on with /retry. "
                    + "409 for a task that runs without a bound of calls."
            )
            .ProducesValidationProblem()
            .ProducesProblem(404)
            .ProducesProblem(409);
        tasks
            .MapDelete("/{id}", TaskCommandsApi.DeleteAsync)
            .WithSummary("Delete a task")
            .WithDescription(
                "Removes the task with all its records, for good; stops it first if it has not ended. "
                    + "After the 204 the task is gone for everyone; deleting it again is 404."
            )
            .ProducesProblem(404);
        return tasks;
    }

    private static async Task<Created<TaskResponse>> CreateAsync(
        NewTask body,
        TasksClient tasks,
        CancellationToken cancellationToken
    )
    {
        var created = await tasks.CreateAsync(
            new CreateTaskRequest { Spec = body.ToSpec(), Title = body.Title ?? "" },
            cancellationToken: cancellationToken
        );
        return TypedResults.Created($"/api/tasks/{created.Task.Id}", created.ToResponse());
    }

    private static async Task<Results<Ok<TaskResponse>, TaskWithResults>> GetAsync(
        [Description(TaskParameters.Id)] string id,
        [Description("Whether the answer has all records too, in results.")] bool? results,
        [Description(TaskParameters.Owner)] string? owner,
        TasksClient tasks,
        CancellationToken cancellationToken
    )
    {
        var detail = await tasks.GetAsync(
            new TaskReference { Id = id, Owner = owner ?? "" },
            cancellationToken: cancellationToken
        );
        return results == true
            ? await TaskWithResults.OpenAsync(detail, tasks, cancellationToken)
            : TypedResults.Ok(detail.ToResponse());
    }

    private static async Task<Ok<RecordListResponse>> ListRecordsAsync(
        [Description(TaskParameters.Id)] string id,
        [Range(0, int.MaxValue), Description("How many ended records to skip. Left out: none.")] int? offset,
        [Range(1, 1000), Description("Records per page, 1 to 1000. Left out: 100.")] int? limit,
        [
            AllowedValues(null, "index", "newest"),
            Description("index (the default): lowest index first. newest: the last stored first.")
        ]
            string? order,
        [Description("Only the records that are liked, by index. Left out: all.")] bool? liked,
        [Description(TaskParameters.Owner)] string? owner,
        TasksClient tasks,
        CancellationToken cancellationToken
    )
    {
        var request = new ListRecordsRequest
        {
            Id = id,
            Owner = owner ?? "",
            Offset = offset ?? 0,
            Limit = limit ?? 0,
            Order = order == "newest" ? RecordOrder.Newest : RecordOrder.Index,
            Liked = liked == true,
        };
        var page = await tasks.ListRecordsAsync(request, cancellationToken: cancellationToken);
        return TypedResults.Ok(
            new RecordListResponse([.. page.Items.Select(record => record.ToResponse())], page.Total)
        );
    }
}
