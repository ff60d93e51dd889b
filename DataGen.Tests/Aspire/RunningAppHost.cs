using System.Security.Cryptography;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using DataGen.Tests.Ratio1.Support;
using DataGen.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DataGen.Tests.Aspire;

/// <summary>The app host, started once for the tests that share it: every service as a process of its own, those behind
/// the Gateway two of each, since a Redis is named.</summary>
public sealed class RunningAppHost : IAsyncLifetime
{
    // A start is eight processes; a machine that does other work beside takes its time.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly TemporaryFolder folder = new();
    private readonly RedisServer redis = new();
    private IDistributedApplicationTestingBuilder? builder;
    private DistributedApplication? app;

    internal string AdminPassword { get; } = RandomNumberGenerator.GetHexString(20);

    internal Uri Origin => app!.GetEndpoint("gateway", "http");

    internal ResourceNotificationService Notifications =>
        app!.Services.GetRequiredService<ResourceNotificationService>();

    internal ResourceCommandService Commands => app!.ResourceCommands;

    internal HttpClient CreateMockClient() => app!.CreateHttpClient("mock", "http");

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(RedisServer.Program is not null, "redis-server is not installed");
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Patience);
        await redis.InitializeAsync();
        // Disposing the builder disposes the app, so it lives as long.
        builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.DataGen_AppHost>(
            [
                $"DATAGEN_DATA_DIR={folder.Path}",
                $"ConnectionStrings:redis={redis.ConnectionString}",
                $"DATAGEN_SESSION_SECRET={RandomNumberGenerator.GetHexString(48)}",
                $"R1EN_CSTORE_AUTH_SECRET={RandomNumberGenerator.GetHexString(48)}",
                $"R1EN_CSTORE_AUTH_BOOTSTRAP_ADMIN_PWD={AdminPassword}",
            ],
            deadline.Token
        );
        // The services' own output, and a stack trace per health check until they are up, would bury that of the tests.
        builder.Services.AddLogging(logging => logging.ClearProviders());
        app = await builder.BuildAsync(deadline.Token);
        await app.StartAsync(deadline.Token);
        foreach (var name in (string[])["gateway", "web", "explorer", "tasks", "runner"])
        {
            await Notifications.WaitForResourceHealthyAsync(name, deadline.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.DisposeAsync();
        }

        if (builder is not null)
        {
            await builder.DisposeAsync();
        }

        await redis.DisposeAsync();
        folder.Dispose();
    }
}
