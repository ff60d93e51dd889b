using DataGen.Contracts;
using DataGen.Explorer.Datasets;
using DataGen.Explorer.Queries;
using DataGen.Explorer.Settings;
using DataGen.Formats;
using DataGen.ServiceDefaults.Identity;
using Grpc.Core;

namespace DataGen.Explorer.Api;

/// <summary>The gRPC face of the datasets; explorer.proto says what each call does.</summary>
internal sealed class ExplorerService(DatasetCache datasets, ExplorerOptions options, IHostApplicationLifetime lifetime)
    : Contracts.Explorer.ExplorerBase
{
    private const int DefaultRows = 100;
    private const int MostRows = 1000;
    private const int DefaultAnswer = 1000;
    private const int MostAnswer = 10_000;

    // A download takes its turn among the questions for so many records at a time.
    private const int ExportedAtOnce = 5000;

    public override Task<RowsReply> Rows(RowsRequest request, ServerCallContext context)
    {
        var view = request.View ?? new RecordView();
        var limit = Within("limit", request.Limit, DefaultRows, MostRows);
        if (request.Offset < 0)
        {
            throw Failures.Invalid("offset", "A whole number, 0 or more.");
        }

        return AskAsync(
            view.Id,
            view.Owner,
            context,
            (dataset, question) => RowsQuery.Page(dataset, question, view, request.Offset, limit)
        );
    }

    public override Task<ProfileReply> Profile(ProfileRequest request, ServerCallContext context)
    {
        var view = request.View ?? new RecordView();
        return AskAsync(
            view.Id,
            view.Owner,
            context,
            (dataset, question) => ProfileQuery.Run(dataset, question, view, request.Variety)
        );
    }

    public override async Task<QueryReply> Query(QueryRequest request, ServerCallContext context)
    {
        var limit = Within("limit", request.Limit, DefaultAnswer, MostAnswer);
        return await datasets.AskAsync(
            TaskId(request.Id),
            Owner(request.Owner, context),
            (dataset, connection) =>
                SqlQuery.Run(
                    dataset,
                    connection,
                    request.Sql,
                    limit,
                    TimeSpan.FromSeconds(options.QuerySeconds),
                    context.CancellationToken
                ),
            context.CancellationToken
        );
    }

    public override async Task ExportRows(
        ExportRowsRequest request,
        IServerStreamWriter<ExportChunk> responseStream,
        ServerCallContext context
    )
    {
        var view = request.View ?? new RecordView();
        var writer =
            ExportFormats.Find(request.Format, request.FormulaGuard, request.ByteOrderMark)
            ?? throw Failures.Invalid("format", "One of json, jsonl, csv, parquet.");
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            context.CancellationToken,
            lifetime.ApplicationStopping
        );
        var (title, indices) = await AskAsync(
            view.Id,
            view.Owner,
            context,
            (dataset, question) =>
                request.Partial || IsEnded(dataset.Task.Status)
                    ? (dataset.Task.Title, RowsQuery.Indices(dataset, question, view))
                    : throw Failures.NotAllowed(
                        "The task has not ended yet; ask for a partial export to have what is there."
                    )
        );
        var header = new ExportHeader
        {
            ContentType = writer.ContentType,
            FileName = ExportFormats.FileName(title, TaskId(view.Id), writer),
        };
        await responseStream.WriteAsync(new ExportChunk { Header = header }, ending.Token);
        await using var stream = new ExportStream(responseStream);
        await writer.WriteAsync(RecordsAsync, stream, ending.Token);
        await stream.CompleteAsync(ending.Token);

        async IAsyncEnumerable<ReadOnlyMemory<byte>> RecordsAsync()
        {
            foreach (var some in indices.Chunk(ExportedAtOnce))
            {
                var rows = await AskAsync(
                    view.Id,
                    view.Owner,
                    context,
                    (_, question) => RowsQuery.Read(question, some).ToList()
                );
                foreach (var row in rows)
                {
                    yield return row.Data.Memory;
                }
            }
        }
    }

    private Task<T> AskAsync<T>(
        string id,
        string owner,
        ServerCallContext context,
        Func<DatasetSnapshot, Question, T> ask
    ) =>
        datasets.AskAsync(
            TaskId(id),
            Owner(owner, context),
            (dataset, connection) => ask(dataset, new Question(connection, context.CancellationToken)),
            context.CancellationToken
        );

    private static bool IsEnded(GenerationTaskStatus status) =>
        status is not (GenerationTaskStatus.Queued or GenerationTaskStatus.Running);

    private static string TaskId(string id) =>
        Guid.TryParseExact(id, "D", out var parsed) ? parsed.ToString() : throw Failures.NotFound();

    // Whose task is meant: the caller's own, or for an admin who asks so, another's.
    private static string Owner(string asked, ServerCallContext context)
    {
        var user = context.GetHttpContext().User;
        return asked.Length == 0 || asked == user.Username() ? user.Username()
            : user.IsAdmin() ? asked
            : throw Failures.NotFound();
    }

    private static int Within(string name, int asked, int fallback, int most) =>
        asked switch
        {
            0 => fallback,
            _ when asked < 0 || asked > most => throw Failures.Invalid(name, $"A whole number from 1 to {most}."),
            _ => asked,
        };
}
