using System.Diagnostics;
using DataGen.ServiceDefaults;
using DataGen.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DataGen.Standalone;

/// <summary>Starts every service as its own web application in this process, from the innermost to the public door, and
/// stops them the other way round.</summary>
internal sealed class StandaloneHost(StandaloneSettings settings) : IAsyncDisposable
{
    private static readonly TimeSpan BootstrapPatience = TimeSpan.FromSeconds(10);

    // The data folder holds no settings to watch for, but may hold many files.
    private const string NoConfigWatching = "--hostBuilder:reloadConfigOnChange=false";

    private readonly List<IHost> started = [];
    private readonly TaskCompletionSource died = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when a service has stopped by itself: half a product is none.</summary>
    public Task ServiceDied => died.Task;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        await StartTelemetryAsync(cancellationToken);
        if (settings.MocksCStore || settings.MocksInference)
        {
            var mock = await StartAsync(
                "DataGen.Mock",
                Mock.Program.Build,
                settings.ForInternal(("http", "Http1")),
                cancellationToken
            );
            settings.UseMock(Address(mock, "http"));
        }

        var runner = await StartAsync(
            "DataGen.Runner",
            Runner.Program.Build,
            settings.ForInternal(("http", "Http1"), ("grpc", "Http2")),
            cancellationToken
        );
        settings.UseService("runner", "grpc", Address(runner, "grpc"));
        var tasks = await StartAsync(
            "DataGen.Tasks",
            DataGen.Tasks.Program.Build,
            settings.ForInternal(("http", "Http1"), ("grpc", "Http2")),
            cancellationToken
        );
        settings.UseService("tasks", "grpc", Address(tasks, "grpc"));
        var web = await StartAsync(
            "DataGen.Web",
            Web.Program.Build,
            settings.ForInternal(("http", "Http1")),
            cancellationToken
        );
        settings.UseService("web", "http", Address(web, "http"));
        var gateway = await StartAsync(
            "DataGen.Gateway",
            Gateway.Program.Build,
            settings.ForPublic(),
            cancellationToken
        );
        await WriteBannerAsync(gateway, watch.Elapsed, cancellationToken);
    }

    /// <summary>Stops the public door first, then what stands behind it: nothing is asked of a service that is
    /// gone.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(ServiceDefaultsExtensions.ShutdownTimeout);
        foreach (var service in Enumerable.Reverse(started))
        {
            await service.StopAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        foreach (var service in started)
        {
            await ((IAsyncDisposable)service).DisposeAsync();
        }
    }

    private async Task StartTelemetryAsync(CancellationToken cancellationToken)
    {
        var builder = new HostApplicationBuilder(
            new HostApplicationBuilderSettings
            {
                Args = settings.Arguments,
                ApplicationName = "DataGen",
                ContentRootPath = settings.Folder,
            }
        );
        builder.AddTelemetry();
        builder.Services.AddSingleton<IHostLifetime, StandaloneLifetime>();
        await StartAsync(builder.Build(), cancellationToken);
    }

    private async Task<WebApplication> StartAsync(
        string name,
        Func<WebApplicationOptions, Action<WebApplicationBuilder>?, WebApplication> build,
        IReadOnlyDictionary<string, string?> values,
        CancellationToken cancellationToken
    )
    {
        // Production whatever the launch profile says: a newcomer who meets a fault must not meet a stack trace.
        var options = new WebApplicationOptions
        {
            Args = [.. settings.Arguments, NoConfigWatching],
            ApplicationName = name,
            ContentRootPath = settings.Folder,
            EnvironmentName = Environments.Production,
        };
        var app = build(
            options,
            builder =>
            {
                builder.Configuration.AddInMemoryCollection(values);
                builder.Services.AddSingleton<IHostLifetime, StandaloneLifetime>();
            }
        );
        await StartAsync(app, cancellationToken);
        return app;
    }

    private async Task StartAsync(IHost service, CancellationToken cancellationToken)
    {
        started.Add(service);
        await service.StartAsync(cancellationToken);
        service
            .Services.GetRequiredService<IHostApplicationLifetime>()
            .ApplicationStopping.Register(() => died.TrySetResult());
    }

    private async Task WriteBannerAsync(WebApplication gateway, TimeSpan took, CancellationToken cancellationToken)
    {
        var bootstrap = gateway.Services.GetRequiredService<Gateway.Auth.AdminBootstrap>().Completed;
        try
        {
            StartupBanner.Write(
                Console.Out,
                settings,
                await bootstrap.WaitAsync(BootstrapPatience, cancellationToken),
                took
            );
        }
        catch (TimeoutException)
        {
            StartupBanner.Write(Console.Out, settings, created: null, took);
            _ = WriteBannerLaterAsync(bootstrap, took);
        }
    }

    // The store took its time: whoever waits for the password still gets to see it.
    private async Task WriteBannerLaterAsync(Task<bool> bootstrap, TimeSpan took)
    {
        await ((Task)bootstrap).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (bootstrap.IsCompletedSuccessfully)
        {
            StartupBanner.Write(Console.Out, settings, await bootstrap, took);
        }
    }

    // Kestrel lists its addresses by endpoint name in alphabetical order: grpc before http.
    private static Uri Address(WebApplication app, string endpoint)
    {
        var addresses = app
            .Services.GetRequiredService<IServer>()
            .Features.GetRequiredFeature<IServerAddressesFeature>()
            .Addresses;
        return new Uri(endpoint == "grpc" ? addresses.First() : addresses.Last());
    }
}
