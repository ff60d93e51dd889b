using DataGen.ServiceDefaults.Health;
using DataGen.ServiceDefaults.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DataGen.ServiceDefaults;

/// <summary>The defaults of every DataGen service: telemetry, health, service discovery, resilient HTTP clients, a fast
/// shutdown.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>How long a service may take to stop, so that Ctrl-C ends everything within five seconds.</summary>
    public static TimeSpan ShutdownTimeout { get; } = TimeSpan.FromSeconds(4);

    /// <summary>Adds the defaults.</summary>
    /// <remarks>
    /// gRPC and inference clients must call <c>RemoveAllResilienceHandlers()</c>: the standard handler ends and repeats
    /// a call that is quiet for ten seconds, as streams and slow completions are.
    /// </remarks>
    public static IHostApplicationBuilder AddServiceDefaults(this IHostApplicationBuilder builder)
    {
        builder.AddTelemetry();
        builder.AddHealth();
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            // At trace level these loggers write headers with tokens and keys. The spans show every call anyway.
            http.RemoveAllLoggers();
            http.AddStandardResilienceHandler();
            http.AddServiceDiscovery();
        });

        // A failure at the start is thrown to ServiceRunner, which prints it; a failure of a background service is
        // logged as critical too.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
        return builder;
    }
}
