using DataGen.ServiceDefaults;
using DataGen.ServiceDefaults.Settings;

namespace DataGen.Runner.Draining;

/// <summary>Registers the draining.</summary>
internal static class DrainingExtensions
{
    /// <summary>Adds it, and gives the host the time for it. A container usually gets ten seconds to stop: the default
    /// stays below.</summary>
    public static IHostApplicationBuilder AddDraining(this IHostApplicationBuilder builder)
    {
        var limit = TimeSpan.FromSeconds(builder.Configuration.WholeNumber("DATAGEN_DRAIN_SECONDS", 8, 0, 25));
        builder.Services.AddSingleton(services => new Drain(limit, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddHostedService<DrainService>();
        builder.Services.AddHealthChecks().AddCheck<DrainHealthCheck>("drain");
        builder.Services.Configure<HostOptions>(host =>
            host.ShutdownTimeout = limit + Drain.LastMessages + ServiceDefaultsExtensions.ShutdownTimeout
        );
        return builder;
    }
}
