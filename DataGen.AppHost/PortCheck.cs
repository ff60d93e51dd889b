using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace DataGen.AppHost;

/// <summary>Checks whether a run can listen on the ports that are named in advance.</summary>
internal static class PortCheck
{
    private static readonly string[] Addresses =
    [
        "ASPNETCORE_URLS",
        "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL",
        "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL",
    ];

    /// <summary>One line that names the first port on which nothing can listen, for example because another run uses
    /// it; null when all are free.</summary>
    public static string? FindUnusablePort(this IDistributedApplicationBuilder builder)
    {
        if (
            builder.ExecutionContext.IsPublishMode
            || builder.Configuration.GetValue("DcpPublisher:RandomizePorts", false)
        )
        {
            return null;
        }

        var configuration = builder.Configuration;
        return Addresses
            .Select(name =>
                Uri.TryCreate(configuration[name], UriKind.Absolute, out var uri)
                    ? Problem(uri.Host, uri.Port, name, other => $"http://localhost:{other}")
                    : null
            )
            .Append(
                Problem(
                    configuration.PublicHost()!,
                    configuration.PublicPort()!.Value,
                    PublicEndpoint.PortName,
                    other => $"{other}"
                )
            )
            .FirstOrDefault(problem => problem is not null);
    }

    private static string? Problem(string host, int port, string name, Func<int, string> value)
    {
        try
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(
                new IPEndPoint(
                    IPAddress.TryParse(host, out var address) ? address
                        : host == "*" ? (Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any)
                        : IPAddress.Loopback,
                    port
                )
            );
            socket.Listen();
            return null;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AddressAlreadyInUse)
        {
            return $"Port {port} is taken, perhaps by another run of DataGen. Stop that, or name another port after the command: -- {name}={value(port + 1)}";
        }
        catch (SocketException exception)
        {
            return $"Nothing can listen on port {port} of {host}: {exception.Message}.";
        }
    }
}
