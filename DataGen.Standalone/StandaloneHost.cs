using System.Diagnostics;
using DataGen.ServiceDefaults;
using DataGen.ServiceDefaults.Hosting;
using DataGen.ServiceDefaults.Settings;
using DataGen.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DataGen.Standalone;

/// <summary>Starts every service as its own web application in this process, from the innermost to the Gateway, and
/// stops them in the opposite order.</summary>
internal sealed class StandaloneHost(StandaloneSettings settings) : IAsyncDisposable
{
    private static readonly TimeSpan BootstrapPatience = TimeSpan.FromSeconds(10);

    // The data folder holds no settings to watch, but may hold many files.
    private const string NoConfigWatching = "--hostBuilder:reloadConfigOnChange=false";

    // In a build that is not published, the assets are in their project's folder.
    private static readonly string PublishedAssets = Path.Combine(AppContext.BaseDirectory, "wwwroot");

    private readonly List<IHost> started = [];
    private readonly TaskCompletionSource died = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a service has stopped by itself; the product cannot run without it.</summary>
    public Task ServiceDied => died.Task;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var listen = await StartTelemetryAsync(cancellationToken);
        if (settings.MocksCStore || settings.MocksInference)
        {
            var mock = await StartAsync("DataGen.Mock", Mock.Program.Build, settings.ForMock(), cancellationToken);
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
        var explorer = await StartAsync(
            "DataGen.Explorer",
            DataGen.Explorer.Program.Build,
            settings.ForInternal(("http", "Http1"), ("grpc", "Http2")),
            cancellationToken
        );
        settings.UseService("explorer", "grpc", Address(explorer, "grpc"));
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
        var banner = new StartupBanner(settings, listen.Origin, watch.Elapsed);
        await WriteBannerAsync(gateway, banner, cancellationToken);
    }

    /// <summary>Stops the Gateway first, then the services behind it, so that no service calls one that is
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

    // Checks first whether the public address can be used, before any service is started.
    private async Task<ListenSettings> StartTelemetryAsync(CancellationToken cancellationToken)
    {
        var builder = new HostApplicationBuilder(
            new HostApplicationBuilderSettings
            {
                Args = [.. settings.Arguments, NoConfigWatching],
                ApplicationName = "DataGen",
                ContentRootPath = settings.Folder,
            }
        );
        builder.AddTelemetry();
        builder.AddSettings<ListenSettings, ListenSettings.Validator>();
        builder.Services.AddSingleton<IHostLifetime, StandaloneLifetime>();
        var host = builder.Build();
        var listen = host.Services.GetRequiredService<ListenSettings>();
        ListenCheck.Run(listen);
        await StartAsync(host, cancellationToken);
        return listen;
    }

    private async Task<WebApplication> StartAsync(
        string name,
        Func<WebApplicationOptions, Action<WebApplicationBuilder>?, WebApplication> build,
        IReadOnlyDictionary<string, string?> values,
        CancellationToken cancellationToken
    )
    {
        // Always Production, whatever the launch profile says: a newcomer who meets a fault must not see a stack trace.
        var options = new WebApplicationOptions
        {
            Args = [.. settings.Arguments, NoConfigWatching],
            ApplicationName = name,
            ContentRootPath = settings.Folder,
            WebRootPath = Directory.Exists(PublishedAssets) ? PublishedAssets : null,
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
        ServiceRunner.CheckSettings(service);
        await service.StartAsync(cancellationToken);
        service
            .Services.GetRequiredService<IHostApplicationLifetime>()
            .ApplicationStopping.Register(() => died.TrySetResult());
    }

    private static async Task WriteBannerAsync(
        WebApplication gateway,
        StartupBanner banner,
        CancellationToken cancellationToken
    )
    {
        var bootstrap = gateway.Services.GetRequiredService<Gateway.Auth.AdminBootstrap>().Completed;
        try
        {
            banner.Write(Console.Out, await bootstrap.WaitAsync(BootstrapPatience, cancellationToken));
        }
        catch (TimeoutException)
        {
            banner.Write(Console.Out, created: null);
            _ = WriteLaterAsync(banner, bootstrap);
        }
    }

    // Prints the banner later, when a slow store has delayed the password, so that the user still sees it.
    private static async Task WriteLaterAsync(StartupBanner banner, Task<bool> bootstrap)
    {
        await ((Task)bootstrap).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (bootstrap.IsCompletedSuccessfully)
        {
            banner.Write(Console.Out, await bootstrap);
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
