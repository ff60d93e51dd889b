using System.Text.Json.Nodes;
using DataGen.Mock.Hosting;

namespace DataGen.Mock.Statistics;

/// <summary><c>/mock/stats</c> and <c>/mock/reset-stats</c>, for tests and local work.</summary>
internal static class StatisticsEndpoints
{
    public static IEndpointRouteBuilder MapStatistics(this IEndpointRouteBuilder endpoints)
    {
        var statistics = endpoints.ServiceProvider.GetRequiredService<MockStatistics>();
        endpoints.MapGet(
            "/mock/stats",
            context =>
                Responses.WriteJsonAsync(
                    context,
                    StatusCodes.Status200OK,
                    new JsonObject
                    {
                        ["inference"] = statistics.Inference.ToJson(),
                        ["cstore"] = statistics.CStore.ToJson(),
                        ["r1fs"] = statistics.R1fs.ToJson(),
                    }
                )
        );
        endpoints.MapPost(
            "/mock/reset-stats",
            context =>
            {
                statistics.Reset();
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                return Task.CompletedTask;
            }
        );
        return endpoints;
    }
}
