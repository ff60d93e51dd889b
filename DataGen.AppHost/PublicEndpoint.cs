using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace DataGen.AppHost;

/// <summary>The public address: <c>DATAGEN_APP_HOST</c> and <c>DATAGEN_APP_PORT</c>, read as the Gateway reads them
/// when it listens by itself.</summary>
internal static class PublicEndpoint
{
    public const string HostName = "DATAGEN_APP_HOST";
    public const string PortName = "DATAGEN_APP_PORT";

    /// <summary>The port; null when the setting is not a port.</summary>
    public static int? PublicPort(this IConfiguration configuration) =>
        configuration.Text(PortName) is not { } text ? 5080
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535
            ? port
        : null;

    /// <summary><c>localhost</c>, an IP address, or <c>*</c> for all addresses; null when the setting is none of these
    /// and not a name that resolves. A name is resolved here, because Aspire listens on every address of the machine
    /// for a name.</summary>
    public static string? PublicHost(this IConfiguration configuration)
    {
        var host = configuration.Text(HostName)?.Trim('[', ']') ?? "localhost";
        if (host is "*" or "+")
        {
            return "*";
        }

        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            return "localhost";
        }

        if (IPAddress.TryParse(host, out var address))
        {
            // The parser also accepts "0" and "1.2" as addresses: 0.0.0.0 and 1.0.0.2.
            return address.AddressFamily is AddressFamily.InterNetwork && address.ToString() != host ? null : host;
        }

        try
        {
            return Array.Find(Dns.GetHostAddresses(host), found => !IsAny(found))?.ToString();
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException)
        {
            return null;
        }
    }

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
