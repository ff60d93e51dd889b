using System.Net;
using DataGen.Contracts;
using Google.Protobuf.WellKnownTypes;

namespace DataGen.Tests.Gateway;

public sealed class MetricsApiTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_need_a_session()
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var response = await gateway.Client.GetAsync("/api/metrics", Ct);

        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        Assert.Equal(401, (int)(await response.JsonAsync(HttpStatusCode.Unauthorized))["status"]!);
        Assert.Empty(gateway.Tasks.Calls);
    }

    [Fact]
    public async Task Metrics_have_their_six_fields()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Tasks.OnGetMetrics = () =>
            new Metrics
            {
                TotalJobs = 5,
                TotalRecordsRequested = 500,
                TotalRecordsGenerated = 320,
                ActiveJobs = 1,
                FailedJobs = 2,
                LastJobAt = Timestamp.FromDateTime(new DateTime(2026, 11, 22, 10, 0, 0, 250, DateTimeKind.Utc)),
            };
        using var ann = await gateway.SignInAsync();

        Assert.Equal(
            """{"totalJobs":5,"totalRecordsRequested":500,"totalRecordsGenerated":320,"activeJobs":1,"failedJobs":2,"lastJobAt":"2026-11-22T10:00:00.25Z"}""",
            await ann.GetStringAsync("/api/metrics", Ct)
        );
        Assert.Equal([("GetMetrics", "ann", "user")], gateway.Tasks.Calls);
    }

    [Fact]
    public async Task Metrics_without_any_task_keep_all_fields()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();

        Assert.Equal(
            """{"totalJobs":0,"totalRecordsRequested":0,"totalRecordsGenerated":0,"activeJobs":0,"failedJobs":0,"lastJobAt":null}""",
            await ann.GetStringAsync("/api/metrics", Ct)
        );
    }
}
