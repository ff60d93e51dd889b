using DataGen.ServiceDefaults.Hosting;
using DataGen.ServiceDefaults.Settings;
using Microsoft.AspNetCore.HttpOverrides;

namespace DataGen.Gateway.Hosting;

/// <summary>Configures where the Gateway listens, and the largest request body.</summary>
internal static class ListenerExtensions
{
    /// <summary>A form with 8000 characters of any script is at most 72 KB. Only a request with a definition is larger.
    /// The API has lower limits of its own.</summary>
    private const long LargestBody = 256 * 1024;

    /// <summary>The settings by which Aspire, containers and tests set the address. Each of them takes precedence over
    /// ours.</summary>
    private static readonly string[] StandardNames = ["urls", "http_ports", "https_ports"];

    /// <summary>Adds the listener's limits and the settings of its address.</summary>
    public static WebApplicationBuilder AddListener(this WebApplicationBuilder builder)
    {
        builder.AddSettings<ListenSettings, ListenSettings.Validator>();
        builder.AddSettings<DoorSettings, DoorSettings.Validator>();
        builder
            .Services.AddOptions<ForwardedHeadersOptions>()
            .PostConfigure<DoorSettings>(
                (headers, door) =>
                {
                    headers.ForwardedHeaders =
                        door.Proxies.Count > 0
                            ? ForwardedHeaders.XForwardedFor
                                | ForwardedHeaders.XForwardedProto
                                | ForwardedHeaders.XForwardedHost
                            : ForwardedHeaders.None;
                    headers.ForwardLimit = null;
                    headers.KnownProxies.Clear();
                    headers.KnownIPNetworks.Clear();
                    foreach (var network in door.Proxies)
                    {
                        headers.KnownIPNetworks.Add(network);
                    }
                }
            );
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        return builder;
    }

    /// <summary>Listens where <see cref="ListenSettings"/> say, unless one of ASP.NET Core's own settings names an
    /// address.</summary>
    public static WebApplication UseListener(this WebApplication app)
    {
        if (!IsConfigured(app.Configuration))
        {
            foreach (var url in app.Services.GetRequiredService<ListenSettings>().Urls)
            {
                app.Urls.Add(url);
            }
        }

        return app;
    }

    private static bool IsConfigured(IConfiguration configuration) =>
        StandardNames.Any(name => configuration.Text(name) is not null)
        || configuration.GetSection("Kestrel:Endpoints").GetChildren().Any();
}
