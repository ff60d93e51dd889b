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
    public async Task A_redirection_is_not_followed()
    {
        await using var elsewhere = await FakeNode.StartAsync(Token);
        await using var node = await FakeNode.StartAsync(Token);
        node.Intercept = context =>
        {
            context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
            context.Response.Headers.Location = $"{elsewhere.Address}set";
            return Task.FromResult(true);
        };
        await using var services = Services(node.Address);
        var failure = await Assert.ThrowsAsync<CStoreException>(() =>
            services.GetRequiredService<ICStore>().SetAsync("k", "secret", Token)
        );
        Assert.Contains("answered 307", failure.Message, StringComparison.Ordinal);
        Assert.Equal((1, 0), (node.RequestCount, elsewhere.RequestCount));
    }

    [Fact]
    public async Task An_answer_without_end_is_read_up_to_the_setting_and_not_asked_for_again()
    {
        await using var node = await FakeNode.StartAsync(Token);
        node.Intercept = async context =>
        {
            var spaces = new byte[64 * 1024];
            Array.Fill(spaces, (byte)' ');

            // Ends when the reader has had enough; what is written after that goes nowhere.
            for (var sent = 0; sent < 100_000 && !context.RequestAborted.IsCancellationRequested; sent++)
            {
                await context.Response.Body.WriteAsync(spaces, context.RequestAborted);
            }

            return true;
        };
        await using var services = Services(node.Address, maximumAnswer: "1");
        var failure = await Assert.ThrowsAsync<CStoreException>(() =>
            services.GetRequiredService<ICStore>().GetAsync("k", Token)
        );
        Assert.Contains("more than 1048576 bytes (DATAGEN_NODE_ANSWER_MB)", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, node.RequestCount);
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

    private static ServiceProvider Services(Uri node, int times = 1, string maximumAnswer = "")
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["EE_CHAINSTORE_API_HOST"] = node.ToString(),
                    ["DATAGEN_NODE_ANSWER_MB"] = maximumAnswer,
                }
            )
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
