using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using DataGen.Gateway.Api.Events;
using DataGen.Gateway.Backend;
using Microsoft.AspNetCore.Http.HttpResults;
using Proto = DataGen.Tasks.V1;

namespace DataGen.Gateway.Api.Tasks;

/// <summary><c>/api/tasks</c>.</summary>
internal static class TasksApi
{
    /// <summary>Maps the calls.</summary>
    public static RouteGroupBuilder MapTasksApi(this RouteGroupBuilder api)
    {
        var tasks = api.MapGroup("/tasks").WithTags("tasks");
        tasks.MapPost("", CreateAsync).WithSummary("Creates a task and queues it.").ProducesValidationProblem().ProducesProblem(429);
        tasks.MapGet("", ListAsync).WithSummary("The caller's tasks, newest first.").ProducesValidationProblem();
        tasks.MapGet("/{id}", GetAsync).WithSummary("One task; with results=true all its records in index order, null where one failed or is missing.").ProducesProblem(404);
        tasks.MapGet("/{id}/records", ListRecordsAsync).WithSummary("A page of the records that have ended, by index, or with order=newest the last stored first.").ProducesValidationProblem().ProducesProblem(404);
        tasks.MapGet("/{id}/events", TaskEventsApi.StreamAsync).WithSummary("The task's progress as server-sent events: progress, and done at the end.")
            .Produces<TaskResponse>(contentType: "text/event-stream").ProducesProblem(404);
        tasks.MapPost("/{id}/cancel", CancelAsync).WithSummary("Stops the task for good and keeps what is done.").ProducesProblem(404);
        tasks.MapGet("/{id}/export", TaskExportApi.ExportAsync).WithSummary("The good records as a file: json, jsonl or csv.")
            .Produces<Stream>(contentType: "application/octet-stream").ProducesValidationProblem().ProducesProblem(404).ProducesProblem(409);
        return tasks;
    }

    private static async Task<Created<TaskResponse>> CreateAsync(NewTask body, ClaimsPrincipal user, TasksBackend tasks, CancellationToken cancellationToken)
    {
        var request = new Proto.CreateTaskRequest { Prompt = body.Prompt ?? "", Count = body.Count ?? 0, Title = body.Title ?? "" };
        if (body.Temperature is { } temperature)
        {
            request.Temperature = temperature;
        }

        if (body.MaxTokens is { } maxTokens)
        {
            request.MaxTokens = maxTokens;
        }

        if (body.Concurrency is { } concurrency)
        {
            request.Concurrency = concurrency;
        }

        var created = await tasks.Client.CreateAsync(request, tasks.Write(user, cancellationToken));
        return TypedResults.Created($"/api/tasks/{created.Task.Id}", created.ToResponse());
    }

    private static async Task<Ok<TaskListResponse>> ListAsync(
        [Range(1, 100)] int? limit, string? cursor, string? owner, ClaimsPrincipal user, TasksBackend tasks, CancellationToken cancellationToken)
    {
        var request = new Proto.ListTasksRequest { Limit = limit ?? 0, Cursor = cursor ?? "", Owner = owner ?? "" };
        var page = await tasks.Client.ListAsync(request, tasks.Read(user, cancellationToken));
        return TypedResults.Ok(new TaskListResponse([.. page.Tasks.Select(task => task.ToResponse())], page.NextCursor.Length == 0 ? null : page.NextCursor));
    }

    private static async Task<Results<Ok<TaskResponse>, TaskWithResults>> GetAsync(
        string id, bool? results, string? owner, ClaimsPrincipal user, TasksBackend tasks, CancellationToken cancellationToken)
    {
        var detail = await tasks.Client.GetAsync(new Proto.GetTaskRequest { Id = id, Owner = owner ?? "" }, tasks.Read(user, cancellationToken));
        return results == true
            ? await TaskWithResults.OpenAsync(detail, user, tasks, cancellationToken)
            : TypedResults.Ok(detail.ToResponse());
    }

    private static async Task<Ok<RecordListResponse>> ListRecordsAsync(
        string id, [Range(0, int.MaxValue)] int? offset, [Range(1, 1000)] int? limit, [AllowedValues(null, "index", "newest")] string? order, string? owner, ClaimsPrincipal user, TasksBackend tasks,
        CancellationToken cancellationToken)
    {
        var request = new Proto.ListRecordsRequest
        {
            Id = id,
            Owner = owner ?? "",
            Offset = offset ?? 0,
            Limit = limit ?? 0,
            Order = order == "newest" ? Proto.RecordOrder.Newest : Proto.RecordOrder.Index,
        };
        var page = await tasks.Client.ListRecordsAsync(request, tasks.Read(user, cancellationToken));
        return TypedResults.Ok(new RecordListResponse([.. page.Items.Select(record => record.ToResponse())], page.Total));
    }

    private static async Task<Ok<TaskResponse>> CancelAsync(string id, string? owner, ClaimsPrincipal user, TasksBackend tasks, CancellationToken cancellationToken)
    {
        var cancelled = await tasks.Client.CancelAsync(new Proto.CancelTaskRequest { Id = id, Owner = owner ?? "" }, tasks.Write(user, cancellationToken));
        return TypedResults.Ok(cancelled.ToResponse());
    }
}
