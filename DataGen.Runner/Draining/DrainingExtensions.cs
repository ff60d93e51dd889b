using DataGen.ServiceDefaults;
using DataGen.ServiceDefaults.Settings;

namespace DataGen.Runner.Draining;

/// <summary>Registers the draining.</summary>
internal static class DrainingExtensions
{
    /// <summary>Adds the draining, and gives the host enough time for it.</summary>
    public static IHostApplicationBuilder AddDraining(this IHostApplicationBuilder builder)
    {
        builder.AddSettings<DrainSettings, DrainSettings.Validator>();
        builder.Services.AddSingleton(services => new Drain(
            services.GetRequiredService<DrainSettings>().Limit,
            services.GetRequiredService<TimeProvider>()
        ));
        builder.Services.AddHostedService<DrainService>();
        builder.Services.AddHealthChecks().AddCheck<DrainHealthCheck>("drain");
        builder
            .Services.AddOptions<HostOptions>()
            .Configure<DrainSettings>(
                (host, drain) =>
                    host.ShutdownTimeout = drain.Limit + Drain.LastMessages + ServiceDefaultsExtensions.ShutdownTimeout
            );
        return builder;
    }
}
