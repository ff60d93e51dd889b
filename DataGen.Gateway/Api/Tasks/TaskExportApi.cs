using System.Security.Claims;
using DataGen.Gateway.Backend;
using DataGen.Gateway.Problems;
using Grpc.Core;
using Microsoft.Net.Http.Headers;
using Proto = DataGen.Tasks.V1;

namespace DataGen.Gateway.Api.Tasks;

/// <summary><c>GET /api/tasks/{id}/export</c>.</summary>
internal static class TaskExportApi
{
    /// <summary>Streams the file as Tasks makes it.</summary>
    public static async Task ExportAsync(
        string id, string? format, bool? partial, string? owner, ClaimsPrincipal user, TasksBackend tasks, HttpContext context, CancellationToken cancellationToken)
    {
        var request = new Proto.ExportTaskRequest { Id = id, Owner = owner ?? "", Format = Parse(format), Partial = partial == true };
        using var call = tasks.Client.Export(request, tasks.Stream(user, cancellationToken));
        var chunks = call.ResponseStream;
        if (!await chunks.MoveNext(cancellationToken) || chunks.Current.Header is not { } header)
        {
            throw new InvalidOperationException("Tasks sent an export that does not begin with its header.");
        }

        context.Response.ContentType = header.ContentType;
        context.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = header.FileName }.ToString();
        while (await chunks.MoveNext(cancellationToken))
        {
            await context.Response.BodyWriter.WriteAsync(chunks.Current.Data.Memory, cancellationToken);
        }
    }

    private static Proto.ExportFormat Parse(string? format) => format switch
    {
        "json" => Proto.ExportFormat.Json,
        "jsonl" => Proto.ExportFormat.Jsonl,
        "csv" => Proto.ExportFormat.Csv,
        _ => throw new FailureException(Failure.Field("format", "has to be json, jsonl or csv.")),
    };
}
