using System.ComponentModel;
using DataGen.Contracts;
using DataGen.Gateway.Api.Explore;
using DataGen.Gateway.Problems;
using Microsoft.Net.Http.Headers;

namespace DataGen.Gateway.Api.Tasks;

/// <summary><c>GET /api/tasks/{id}/export</c>.</summary>
internal static class TaskExportApi
{
    public static async Task ExportAsync(
        [Description(TaskParameters.Id)] string id,
        [Description(
            "json (one array), jsonl (a record a line), csv (RFC 4180, UTF-8, nested values as JSON text) or parquet (a typed column per member, nested and mixed values as JSON text)."
        )]
            string? format,
        [Description(
            "Whether a task that has not ended may be exported as far as it is. Left out: false, and such a task is 409."
        )]
            bool? partial,
        [Description(
            "Only for csv, ignored for the others: quotes every field and puts a ' wherever a cell may begin with a formula (=, +, -, @, tab or a line break), also behind ; | tab and line break inside a field, at which other spreadsheets split; fields that are numbers excepted. The file is then safe to open in a spreadsheet, but no longer exactly the data. Left out: false."
        )]
            bool? formulaGuard,
        [Description(
            "Only for csv, ignored for the others: begins the file with the UTF-8 byte order mark, without which Excel takes it for the system's 8-bit character set. Left out: false."
        )]
            bool? bom,
        [Description(ViewParameters.Filter)] string[]? filter,
        [Description(ViewParameters.Text)] string? q,
        [Description(ViewParameters.Sort)] string[]? sort,
        [Description(TaskParameters.Owner)] string? owner,
        TasksClient tasks,
        ExplorerClient explorer,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var view = ViewParameters.Read(id, owner, filter, q, sort);
        using var call =
            view.Filter.Count == 0 && view.Sort.Count == 0 && view.Text.Length == 0
                ? tasks.Export(
                    new ExportTaskRequest
                    {
                        Id = id,
                        Owner = view.Owner,
                        Format = Parse(format),
                        Partial = partial == true,
                        FormulaGuard = formulaGuard == true,
                        ByteOrderMark = bom == true,
                    },
                    cancellationToken: cancellationToken
                )
                : explorer.ExportRows(
                    new ExportRowsRequest
                    {
                        View = view,
                        Format = Parse(format),
                        Partial = partial == true,
                        FormulaGuard = formulaGuard == true,
                        ByteOrderMark = bom == true,
                    },
                    cancellationToken: cancellationToken
                );
        var chunks = call.ResponseStream;
        if (!await chunks.MoveNext(cancellationToken) || chunks.Current.Header is not { } header)
        {
            throw new InvalidOperationException("An export came that does not begin with its header.");
        }

        context.Response.ContentType = header.ContentType;
        context.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment")
        {
            FileName = header.FileName,
        }.ToString();
        while (await chunks.MoveNext(cancellationToken))
        {
            await context.Response.BodyWriter.WriteAsync(chunks.Current.Data.Memory, cancellationToken);
        }
    }

    private static ExportFormat Parse(string? format) =>
        format switch
        {
            "json" => ExportFormat.Json,
            "jsonl" => ExportFormat.Jsonl,
            "csv" => ExportFormat.Csv,
            "parquet" => ExportFormat.Parquet,
            _ => throw new FailureException(Failure.Field("format", "One of json, jsonl, csv, parquet.")),
        };
}
