using DataGen.Contracts;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DataGen.Gateway.Api.Metrics;

/// <summary><c>GET /api/metrics</c>.</summary>
internal static class MetricsApi
{
    /// <summary>Maps the call.</summary>
    public static RouteGroupBuilder MapMetricsApi(this RouteGroupBuilder api)
    {
        api.MapGet("/metrics", GetAsync)
            .WithTags("metrics")
            .WithSummary("Read the counters")
            .WithDescription("The counters over all tasks of all users.");
        return api;
    }

    private static async Task<Ok<MetricsResponse>> GetAsync(TasksClient tasks, CancellationToken cancellationToken)
    {
        var metrics = await tasks.GetMetricsAsync(new Empty(), cancellationToken: cancellationToken);
        return TypedResults.Ok(
            new MetricsResponse(
                metrics.TotalJobs,
                metrics.TotalRecordsRequested,
                metrics.TotalRecordsGenerated,
                metrics.ActiveJobs,
                metrics.FailedJobs,
                metrics.LastJobAt?.ToDateTime()
            )
        );
    }
}
