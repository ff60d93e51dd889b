using DataGen.ServiceDefaults.Settings;

namespace DataGen.Gateway.Hosting;

/// <summary>Where the Gateway listens, and how much it reads of what it is sent.</summary>
internal static class ListenerExtensions
{
    private const string HostName = "DATAGEN_APP_HOST";
    private const string PortName = "DATAGEN_APP_PORT";

    /// <summary>A form with 8000 characters of any script is at most 72 KB; nothing the Gateway takes is larger. The
    /// API's own limit is lower.</summary>
    private const long LargestBody = 256 * 1024;

    /// <summary>The settings by which Aspire, containers and tests say where to listen; any of them goes before
    /// ours.</summary>
    private static readonly string[] StandardNames = ["urls", "http_ports", "https_ports"];

    /// <summary>Listens on <c>DATAGEN_APP_HOST</c>:<c>DATAGEN_APP_PORT</c> unless one of ASP.NET Core's own settings
    /// says where.</summary>
    public static WebApplicationBuilder AddListener(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        if (!IsConfigured(builder.Configuration))
        {
            builder.WebHost.UseUrls(Address(builder.Configuration));
        }

        return builder;
    }

    private static bool IsConfigured(ConfigurationManager configuration) =>
        StandardNames.Any(name => configuration.Text(name) is not null)
        || configuration.GetSection("Kestrel:Endpoints").GetChildren().Any();

    private static string Address(ConfigurationManager configuration)
    {
        var host = configuration.Text(HostName) ?? "localhost";
        var port = configuration.WholeNumber(PortName, fallback: 5080, minimum: 1, maximum: 65535);
        if (host is "*" or "+")
        {
            return $"http://*:{port}";
        }

        return Uri.CheckHostName(host) switch
        {
            UriHostNameType.IPv6 => $"http://[{host.Trim('[', ']')}]:{port}",
            UriHostNameType.Unknown => throw new SettingException(
                HostName,
                $"'{host}' is not a host name or an IP address."
            ),
            _ => $"http://{host}:{port}",
        };
    }
}
