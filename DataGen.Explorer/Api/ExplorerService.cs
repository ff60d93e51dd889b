using DataGen.Contracts;
using DataGen.Explorer.Datasets;
using DataGen.Explorer.Queries;
using DataGen.Explorer.Settings;
using DataGen.Formats;
using Grpc.Core;

namespace DataGen.Explorer.Api;

/// <summary>The gRPC service in front of the datasets; explorer.proto says what each call does.</summary>
internal sealed class ExplorerService(DatasetCache datasets, ExplorerOptions options, IHostApplicationLifetime lifetime)
    : Contracts.Explorer.ExplorerBase
{
    private const int DefaultRows = 100;
    private const int MostRows = 1000;
    private const int DefaultAnswer = 1000;
    private const int MostAnswer = 10_000;

    // A download reads this many records at a time, and takes turns with the questions.
    private const int ExportedAtOnce = 5000;

    public override Task<RowsReply> Rows(RowsRequest request, ServerCallContext context)
    {
        var view = request.View ?? new RecordView();
        var limit = TaskCall.Limit(request.Limit, DefaultRows, MostRows);
        var offset = TaskCall.Offset(request.Offset);
        return AskAsync(
            view.Id,
            view.Owner,
            view.Partial,
            context,
            (dataset, question) => RowsQuery.Page(dataset, question, view, offset, limit)
        );
    }

    public override Task<ProfileReply> Profile(ProfileRequest request, ServerCallContext context)
    {
        var view = request.View ?? new RecordView();
        return AskAsync(
            view.Id,
            view.Owner,
            view.Partial,
            context,
            (dataset, question) => ProfileQuery.Run(dataset, question, view, request.Variety)
        );
    }

    public override async Task<QueryReply> Query(QueryRequest request, ServerCallContext context)
    {
        var limit = TaskCall.Limit(request.Limit, DefaultAnswer, MostAnswer);
        return await datasets.AskAsync(
            TaskCall.Id(request.Id),
            TaskCall.Owner(request.Owner, context),
            allowPartial: false,
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
            ?? throw CallFailures.Invalid(("format", "One of json, jsonl, csv, parquet."));
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            context.CancellationToken,
            lifetime.ApplicationStopping
        );
        var (title, indices) = await AskAsync(
            view.Id,
            view.Owner,
            allowPartial: false,
            context,
            (dataset, question) =>
                request.Partial || !dataset.Task.Status.IsLive()
                    ? (dataset.Task.Title, RowsQuery.Indices(dataset, question, view))
                    : throw CallFailures.NotEnded()
        );
        await ExportStream.SendAsync(responseStream, writer, title, TaskCall.Id(view.Id), RecordsAsync, ending.Token);

        async IAsyncEnumerable<ReadOnlyMemory<byte>> RecordsAsync()
        {
            foreach (var some in indices.Chunk(ExportedAtOnce))
            {
                var rows = await AskAsync(
                    view.Id,
                    view.Owner,
                    allowPartial: false,
                    context,
                    (dataset, question) => RowsQuery.Read(dataset, question, some).ToList()
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
        bool allowPartial,
        ServerCallContext context,
        Func<DatasetSnapshot, Question, T> ask
    ) =>
        datasets.AskAsync(
            TaskCall.Id(id),
            TaskCall.Owner(owner, context),
            allowPartial,
            (dataset, connection) => ask(dataset, new Question(connection, context.CancellationToken)),
            context.CancellationToken
        );
}
