using Microsoft.AspNetCore.Mvc;
using Proto = DataGen.Tasks.V1;

namespace DataGen.Gateway.Api.Events;

/// <summary><c>GET /api/tasks/{id}/events</c>.</summary>
internal static class TaskEventsApi
{
    /// <summary>
    /// Events <c>progress</c> and, once at the end, <c>done</c>; the data of each is the whole state, so a browser that connects again
    /// misses nothing by what it has not seen.
    /// </summary>
    public static Task StreamAsync(
        string id, string? owner, [FromHeader(Name = "Last-Event-ID")] string? lastEventId, HttpContext context, TaskEventStream stream) =>
        stream.RunAsync(context, new Proto.WatchTaskRequest { Id = id, Owner = owner ?? "" }, lastEventId);
}
