using System.ComponentModel;
using System.IO.Compression;
using System.Text;
using DataGen.Contracts;
using DataGen.Gateway.Api.Tasks;
using DataGen.Gateway.Problems;
using Grpc.Core;
using Microsoft.Net.Http.Headers;

namespace DataGen.Gateway.Api.Explore;

/// <summary><c>GET /api/tasks/{id}/export</c>.</summary>
internal static class TaskExportApi
{
    private const string HuggingFace = "hf";

    /// <summary>Maps the call.</summary>
    public static RouteGroupBuilder MapTaskExportApi(this RouteGroupBuilder tasks)
    {
        tasks
            .MapGet("/{id}/export", ExportAsync)
            .WithSummary("Download the dataset")
            .WithDescription(
                "The good records as a file: json, jsonl, csv, parquet or hf. "
                    + "Streams an attachment, the records in index order; with filter, q or sort what /rows shows. "
                    + "409 while the task runs, unless partial=true asks for what there is, and for csv and parquet when the records have too many different members for a table."
            )
            .Produces<Stream>(
                contentType: "application/json",
                additionalContentTypes:
                [
                    "application/jsonl",
                    "text/csv",
                    "application/vnd.apache.parquet",
                    "application/zip",
                ]
            )
            .ProducesValidationProblem()
            .ProducesProblem(404)
            .ProducesProblem(409);
        return tasks;
    }

    private static async Task ExportAsync(
        [Description(TaskParameters.Id)] string id,
        [Description(
            "json (one array), jsonl (a record a line), csv (RFC 4180, UTF-8, nested values as JSON text), parquet (a typed column per member, nested and mixed values as JSON text) or hf (a zip of a dataset card, README.md, and the whole dataset as Parquet, to be uploaded to Hugging Face)."
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
        [Description(
            "Whether edits count and records that were left out stay out; false: the records as they were generated. Left out: true."
        )]
            bool? curated,
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
        var view = ViewParameters.Read(id, owner, filter, q, sort, partial: null);
        var isWhole = view.Filter.Count == 0 && view.Sort.Count == 0 && view.Text.Length == 0;
        if (format == HuggingFace && !isWhole)
        {
            throw new FailureException(
                Failure.Field("format", "hf is of the whole dataset; take another format for what a filter leaves.")
            );
        }

        if (curated == false && (format == HuggingFace || !isWhole))
        {
            throw new FailureException(
                Failure.Field(
                    "curated",
                    "The records as they were generated come whole: without filter, q and sort, and not as hf."
                )
            );
        }

        using var call = isWhole
            ? tasks.Export(
                new ExportTaskRequest
                {
                    Id = id,
                    Owner = view.Owner,
                    Format = Parse(format),
                    Partial = partial == true,
                    FormulaGuard = formulaGuard == true,
                    ByteOrderMark = bom == true,
                    AsGenerated = curated == false,
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

        if (format == HuggingFace)
        {
            var card = await DatasetCard.WriteAsync(id, owner, tasks, explorer, cancellationToken);
            Announce(context, "application/zip", Path.ChangeExtension(header.FileName, "zip"));
            await WriteZipAsync(card, chunks, context.Response.BodyWriter.AsStream(), cancellationToken);
            return;
        }

        Announce(context, header.ContentType, header.FileName);
        while (await chunks.MoveNext(cancellationToken))
        {
            await context.Response.BodyWriter.WriteAsync(chunks.Current.Data.Memory, cancellationToken);
        }
    }

    private static void Announce(HttpContext context, string contentType, string fileName)
    {
        context.Response.ContentType = contentType;
        context.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment")
        {
            FileName = fileName,
        }.ToString();
    }

    private static async Task WriteZipAsync(
        string card,
        IAsyncStreamReader<ExportChunk> chunks,
        Stream output,
        CancellationToken cancellationToken
    )
    {
        await using var zip = await ZipArchive.CreateAsync(
            output,
            ZipArchiveMode.Create,
            leaveOpen: true,
            entryNameEncoding: null,
            cancellationToken
        );
        await using (var readme = await zip.CreateEntry("README.md").OpenAsync(cancellationToken))
        {
            await readme.WriteAsync(Encoding.UTF8.GetBytes(card), cancellationToken);
        }

        // Parquet is compressed already.
        var entry = zip.CreateEntry(DatasetCard.DataFile, CompressionLevel.NoCompression);
        await using var data = await entry.OpenAsync(cancellationToken);
        while (await chunks.MoveNext(cancellationToken))
        {
            await data.WriteAsync(chunks.Current.Data.Memory, cancellationToken);
        }
    }

    private static ExportFormat Parse(string? format) =>
        format switch
        {
            "json" => ExportFormat.Json,
            "jsonl" => ExportFormat.Jsonl,
            "csv" => ExportFormat.Csv,
            "parquet" or HuggingFace => ExportFormat.Parquet,
            _ => throw new FailureException(Failure.Field("format", "One of json, jsonl, csv, parquet, hf.")),
        };
}
