using Grpc.Core;
using Microsoft.Net.Http.Headers;

namespace DataGen.Web.Client;

/// <summary>DataGen.Tasks as the present caller may use it: every call carries the identity token that came with the
/// request.</summary>
internal sealed class CallerTasks(TasksClient client, IHttpContextAccessor accessor, TimeProvider clock)
{
    /// <summary>Reads come from the memory of a grain; one that takes longer than this is as good as away.</summary>
    private static readonly TimeSpan ReadDeadline = TimeSpan.FromSeconds(10);

    /// <summary>A write waits for CStore, which may need 30 seconds for one and handles one at a time.</summary>
    private static readonly TimeSpan WriteDeadline = TimeSpan.FromSeconds(75);

    internal async Task<ListTasksResponse> ListAsync(ListTasksRequest request, CancellationToken cancellationToken) =>
        await client.ListAsync(request, Options(ReadDeadline, cancellationToken));

    internal async Task<Metrics> GetMetricsAsync(CancellationToken cancellationToken) =>
        await client.GetMetricsAsync(new GetMetricsRequest(), Options(ReadDeadline, cancellationToken));

    internal async Task<TaskDetail> GetAsync(string id, CancellationToken cancellationToken) =>
        await client.GetAsync(new GetTaskRequest { Id = id }, Options(ReadDeadline, cancellationToken));

    internal async Task<ListRecordsResponse> ListNewestRecordsAsync(
        string id,
        int limit,
        CancellationToken cancellationToken
    ) =>
        await client.ListRecordsAsync(
            new ListRecordsRequest
            {
                Id = id,
                Limit = limit,
                Order = RecordOrder.Newest,
            },
            Options(ReadDeadline, cancellationToken)
        );

    internal async Task<TaskDetail> CreateAsync(CreateTaskRequest request, CancellationToken cancellationToken) =>
        await client.CreateAsync(request, Options(WriteDeadline, cancellationToken));

    internal async Task<TaskDetail> CancelAsync(string id, CancellationToken cancellationToken) =>
        await client.CancelAsync(new CancelTaskRequest { Id = id }, Options(WriteDeadline, cancellationToken));

    internal async Task<TaskDetail> RetryAsync(string id, CancellationToken cancellationToken) =>
        await client.RetryAsync(new RetryTaskRequest { Id = id }, Options(WriteDeadline, cancellationToken));

    internal async Task DeleteAsync(string id, CancellationToken cancellationToken) =>
        await client.DeleteAsync(new DeleteTaskRequest { Id = id }, Options(WriteDeadline, cancellationToken));

    private CallOptions Options(TimeSpan deadline, CancellationToken cancellationToken)
    {
        var headers = new Metadata();
        if (accessor.HttpContext?.Request.Headers.Authorization is [{ } token, ..])
        {
            headers.Add(HeaderNames.Authorization.ToLowerInvariant(), token);
        }

        return new CallOptions(headers, clock.GetUtcNow().UtcDateTime + deadline, cancellationToken);
    }
}
