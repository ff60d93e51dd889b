using DataGen.Ratio1;
using DataGen.Ratio1.CStore;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace DataGen.Tests.Ratio1.CStore;

public sealed class CStoreRegistrationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hosts_default_resilience_does_not_multiply_the_retries()
    {
        await using var node = await FakeNode.StartAsync(Token);
        node.Intercept = Refuse;
        await using var services = Services(node.Address);
        await Assert.ThrowsAsync<CStoreException>(() => services.GetRequiredService<ICStore>().GetAsync("k", Token));
        Assert.Equal(4, node.RequestCount);
    }

    [Fact]
    public async Task Nothing_that_is_written_or_read_reaches_a_log()
    {
        await using var node = await FakeNode.StartAsync(Token);
        await using var services = Services(node.Address);
        var store = services.GetRequiredService<ICStore>();
        await store.HashSetAsync("users", "secret-field", "secret-value", Token);
        await store.HashGetAsync("users", "secret-field", Token);
        node.Intercept = Refuse;
        await Assert.ThrowsAsync<CStoreException>(() => store.HashGetAsync("users", "secret-field", Token));

        var log = services.GetRequiredService<FakeLogCollector>().GetSnapshot();
        Assert.Contains(log, record => record.Message.Contains("answered 503", StringComparison.Ordinal));
        Assert.DoesNotContain(
            log,
            record =>
                $"{record}{string.Join(' ', record.StructuredState ?? [])}{record.Exception}".Contains(
                    "secret-",
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public async Task The_health_check_is_healthy_with_a_node_and_degraded_without()
    {
        await using var node = await FakeNode.StartAsync(Token);
        await using var services = Services(node.Address);
        var health = services.GetRequiredService<HealthCheckService>();
        Assert.Equal(
            HealthStatus.Healthy,
            (await health.CheckHealthAsync(check => check.Name == "cstore", Token)).Status
        );
        await node.DisposeAsync();
        Assert.Equal(
            HealthStatus.Degraded,
            (
                await health.CheckHealthAsync(check => check.Name == "cstore" && check.Tags.Contains("ready"), Token)
            ).Status
        );
    }

    [Fact]
    public async Task Registering_twice_is_registering_once()
    {
        await using var node = await FakeNode.StartAsync(Token);
        await using var services = Services(node.Address, times: 2);
        Assert.Equal(
            HealthStatus.Healthy,
            (await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token)).Status
        );
        Assert.Same(services.GetRequiredService<ICStoreNode>(), Assert.Single(services.GetServices<ICStore>()));
    }

    private static Task<bool> Refuse(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Task.FromResult(true);
    }

    private static ServiceProvider Services(Uri node, int times = 1)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["EE_CHAINSTORE_API_HOST"] = node.ToString() })
            .Build();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddFakeLogging());
        services.ConfigureHttpClientDefaults(http => http.AddStandardResilienceHandler());
        for (var i = 0; i < times; i++)
        {
            services.AddCStore(configuration);
        }

        return services.BuildServiceProvider();
    }
}
