using System.ComponentModel;
using DataGen.Contracts;
using DataGen.Gateway.Api.Tasks;
using Microsoft.AspNetCore.Mvc;

namespace DataGen.Gateway.Api.Events;

/// <summary><c>GET /api/tasks/{id}/events</c>.</summary>
internal static class TaskEventsApi
{
    public static Task StreamAsync(
        [Description(TaskParameters.Id)] string id,
        [Description(TaskParameters.Owner)] string? owner,
        [
            FromHeader(Name = "Last-Event-ID"),
            Description("The id of the last event seen; browsers send it by themselves when they connect again.")
        ]
            string? lastEventId,
        HttpContext context,
        TaskEventStream stream
    ) => stream.RunAsync(context, new TaskReference { Id = id, Owner = owner ?? "" }, lastEventId);
}
