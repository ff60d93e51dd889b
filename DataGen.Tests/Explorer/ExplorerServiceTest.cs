using DataGen.Contracts;
using DataGen.Tests.Tasks;
using Grpc.Core;

namespace DataGen.Tests.Explorer;

/// <summary>An Explorer over a Tasks service whose records the test decides.</summary>
public abstract class ExplorerServiceTest : TasksServiceTest
{
    internal ExplorerHost Explorer { get; private set; } = null!;

    protected override (string Name, string Value)[] Settings => [("DATAGEN_MAX_RECORDS_PER_JOB", "10000")];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Explorer = await ExplorerHost.StartAsync(Host.Address);
    }

    public override async ValueTask DisposeAsync()
    {
        await Explorer.DisposeAsync();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A task whose records are these, ended; an error where one begins with "!".</summary>
    internal async Task<string> MakeAsync(params string[] records)
    {
        Runner.Make = index => records[index];
        var id = (await Host.CreateAsync(records.Length)).Task.Id;
        await Host.EndAsync(id, Cancelled);
        return id;
    }

    internal Task<RowsReply> RowsAsync(RecordView view, int offset = 0, int limit = 0, string user = "ada") =>
        RowsAsync(view, Host.As(user), offset, limit);

    internal async Task<RowsReply> RowsAsync(RecordView view, Metadata caller, int offset = 0, int limit = 0) =>
        await Explorer.Client.RowsAsync(
            new RowsRequest
            {
                View = view,
                Offset = offset,
                Limit = limit,
            },
            caller,
            cancellationToken: Cancelled
        );

    internal async Task<ProfileReply> ProfileAsync(RecordView view, bool variety = false) =>
        await Explorer.Client.ProfileAsync(
            new ProfileRequest { View = view, Variety = variety },
            Host.As("ada"),
            cancellationToken: Cancelled
        );

    internal async Task<QueryReply> QueryAsync(string id, string sql, int limit = 0) =>
        await Explorer.Client.QueryAsync(
            new QueryRequest
            {
                Id = id,
                Sql = sql,
                Limit = limit,
            },
            Host.As("ada"),
            cancellationToken: Cancelled
        );

    /// <summary>What is wrong with the field that a call names.</summary>
    internal static async Task<string> InvalidAsync(string field, Func<Task> call)
    {
        var failure = ServiceFailure.Of(await Assert.ThrowsAsync<RpcException>(call));
        Assert.Equal(StatusCode.InvalidArgument, failure.Code);
        return Assert.Single(failure.Fields[field]);
    }

    internal static async Task<StatusCode> StatusAsync(Func<Task> call) =>
        (await Assert.ThrowsAsync<RpcException>(call)).StatusCode;

    /// <summary>The rows as text, a record each.</summary>
    internal static string[] Texts(RowsReply reply) => [.. reply.Rows.Select(row => row.Data.ToStringUtf8())];

    internal static IEnumerable<int> Indices(RowsReply reply) => [.. reply.Rows.Select(row => row.Index)];

    /// <summary>The answer's rows as one JSON text.</summary>
    internal static string Json(QueryReply reply) =>
        $"[{string.Join(',', reply.Rows.Select(row => row.ToStringUtf8()))}]";

    internal static RecordView View(string id, string? filter = null, string? sort = null, string text = "")
    {
        var view = new RecordView { Id = id, Text = text };
        view.Filter.AddRange(filter is null ? [] : [filter]);
        view.Sort.AddRange(sort is null ? [] : sort.Split(','));
        return view;
    }
}
