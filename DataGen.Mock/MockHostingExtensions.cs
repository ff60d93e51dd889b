using DataGen.Mock.Faults;
using DataGen.Mock.Hosting;
using DataGen.Mock.Node;
using DataGen.Mock.Settings;
using DataGen.Mock.Statistics;
using DataGen.Mock.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DataGen.Mock;

/// <summary>What all of the mock's services share: settings, switches, counters, the data folder, the server.</summary>
internal static class MockHostingExtensions
{
    public static IHostApplicationBuilder AddMockHosting(this WebApplicationBuilder builder)
    {
        builder.PreferGivenUrls();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
        });
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);

        // What ends a start is thrown to MockRunner, which says it.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.TryAddSingleton(TimeProvider.System);

        var settings = MockSettingsReader.Read(builder.Configuration);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton<NodeSecret>();
        builder.Services.AddSingleton(new Dice(settings.Seed));
        builder.Services.AddSingleton<MockStatistics>();

        var clock = builder.Services.Last(service => service.ServiceType == typeof(TimeProvider));
        var faults = new MockFaults((TimeProvider)clock.ImplementationInstance!);
        faults.ReadStart(builder.Configuration);
        builder.Services.AddSingleton(faults);

        // Opened now, so that a folder which cannot be used stops the start; made by a factory, so that the container
        // disposes it.
        var folder = DataFolder.Open(settings, builder.Configuration);
        builder.Services.AddSingleton(_ => folder);
        builder.Services.AddHostedService<StartupLine>();
        return builder;
    }

    /// <summary>A node answers unknown paths, wrong verbs and its own failures in JSON too.</summary>
    public static IApplicationBuilder UseNodeErrors(this IApplicationBuilder app) =>
        app.UseMiddleware<NodeErrorMiddleware>();
}
