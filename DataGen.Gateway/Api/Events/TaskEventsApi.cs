using System.ComponentModel;
using DataGen.Contracts;
using DataGen.Gateway.Api.Tasks;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace DataGen.Gateway.Api.Events;

/// <summary><c>GET /api/tasks/{id}/events</c>.</summary>
internal static class TaskEventsApi
{
    /// <summary>Maps the call.</summary>
    public static RouteGroupBuilder MapTaskEventsApi(this RouteGroupBuilder tasks)
    {
        tasks
            .MapGet("/{id}/events", StreamAsync)
            .WithSummary("Follow progress")
            .WithDescription(
                "The task's progress as server-sent events: progress, and done at the end. "
                    + "At most 4 events a second. The data of each is the whole state as JSON, so a client that connects again misses nothing; "
                    + "after done the stream ends, and a client that reconnects with done's id as Last-Event-ID gets 204. "
                    + "A task of at most 2000 records says which indices are good and failed, a larger one how many of each cell are."
            )
            .Produces<TaskResponse>(contentType: "text/event-stream")
            .ProducesProblem(404);
        return tasks;
    }

    private static Task<Results<NoContent, ServerSentEventsResult<TaskResponse>>> StreamAsync(
        [Description(TaskParameters.Id)] string id,
        [Description(TaskParameters.Owner)] string? owner,
        [
            FromHeader(Name = "Last-Event-ID"),
            Description("The id of the last event seen; browsers send it by themselves when they connect again.")
        ]
            string? lastEventId,
        HttpContext context,
        TaskEventStream stream
    ) => stream.OpenAsync(context, new TaskReference { Id = id, Owner = owner ?? "" }, lastEventId);
}
