using System.Net;
using System.Net.Sockets;
using DataGen.ServiceDefaults.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace DataGen.ServiceDefaults.Hosting;

/// <summary>Checks before the start whether a service can listen where its settings say. Kestrel would report a failure
/// in two stack traces that name no setting.</summary>
public static class ListenCheck
{
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The service cannot listen there; the
    /// message names the setting.</exception>
    public static void Run(ListenSettings settings) => Run(settings.Urls);

    /// <summary>Tries every address that the service is about to listen on.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The service cannot listen there; the
    /// message names the setting.</exception>
    public static void Run(WebApplication app)
    {
        var configured = Configured(app.Configuration).ToArray();
        foreach (var (name, url) in configured)
        {
            Try(url, name, name);
        }

        if (configured.Length == 0)
        {
            // The addresses that the Gateway adds itself come from ListenSettings.
            Run(app.Urls);
        }
    }

    private static void Run(IEnumerable<string> urls)
    {
        foreach (var url in urls)
        {
            Try(url, ListenSettings.HostName, ListenSettings.PortName);
        }
    }

    // Kestrel's endpoints take precedence over the host's addresses, and those over bare ports.
    private static IEnumerable<(string Name, string Url)> Configured(IConfiguration configuration)
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().ToArray();
        return endpoints.Length > 0 ? endpoints.Select(endpoint => ($"{endpoint.Path}:Url", endpoint["Url"] ?? ""))
            : Each(WebHostDefaults.ServerUrlsKey) is { Length: > 0 } urls
                ? urls.Select(url => (WebHostDefaults.ServerUrlsKey, url))
            : Each(WebHostDefaults.HttpPortsKey).Select(port => (WebHostDefaults.HttpPortsKey, $"http://*:{port}"));

        string[] Each(string name) =>
            configuration.Text(name)?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            ?? [];
    }

    private static void Try(string url, string hostName, string portName)
    {
        var address = Parse(url, hostName);
        if (address.IsUnixPipe || address.IsNamedPipe || address.Port == 0)
        {
            return;
        }

        foreach (var ip in Addresses(address.Host, hostName))
        {
            try
            {
                using var socket = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                if (ip.Equals(IPAddress.IPv6Any))
                {
                    socket.DualMode = true;
                }

                socket.Bind(new IPEndPoint(ip, address.Port));
                socket.Listen();
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AddressAlreadyInUse)
            {
                throw InvalidSetting.Of(
                    portName,
                    $"port {address.Port} of {address.Host} is taken by another program."
                );
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AccessDenied)
            {
                throw InvalidSetting.Of(portName, $"this user may not listen on port {address.Port}.");
            }
            catch (SocketException) when (ip.Equals(IPAddress.IPv6Loopback))
            {
                // The machine has no IPv6: localhost is 127.0.0.1 alone, as it is for Kestrel.
            }
            catch (SocketException exception)
            {
                throw InvalidSetting.Of(hostName, $"nothing can listen on '{address.Host}': {exception.Message}.");
            }
        }
    }

    private static BindingAddress Parse(string url, string name)
    {
        try
        {
            return BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            throw InvalidSetting.Of(name, $"'{url}' is not an address such as http://localhost:5080.");
        }
    }

    // Kestrel takes every other name for all addresses.
    private static IPAddress[] Addresses(string host, string name) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            ? [IPAddress.Loopback, IPAddress.IPv6Loopback]
        : IPAddress.TryParse(host.Trim('[', ']'), out var address) ? [address]
        : host is "*" or "+" ? [Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any]
        : throw InvalidSetting.Of(name, $"'{host}' is neither an IP address nor localhost, nor * for all addresses.");
}
