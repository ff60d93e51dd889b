using System.Net.NetworkInformation;
using Microsoft.Extensions.Configuration;

namespace DataGen.AppHost;

/// <summary>The ports that a run listens on and that are named beforehand.</summary>
internal static class PortCheck
{
    private static readonly string[] Addresses =
    [
        "ASPNETCORE_URLS",
        "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL",
        "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL",
    ];

    /// <summary>One line that names the first of them that is taken, such as by another run; null when all are
    /// free.</summary>
    public static string? FindTakenPort(this IDistributedApplicationBuilder builder)
    {
        if (
            builder.ExecutionContext.IsPublishMode
            || builder.Configuration.GetValue("DcpPublisher:RandomizePorts", false)
        )
        {
            return null;
        }

        var listening = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(at => at.Port);
        var (name, port) = Addresses
            .Select(name =>
                (name, Uri.TryCreate(builder.Configuration[name], UriKind.Absolute, out var uri) ? uri.Port : 0)
            )
            .Append((PublicEndpoint.PortName, builder.Configuration.PublicPort() ?? 0))
            .FirstOrDefault(each => listening.Contains(each.Item2));
        var other = name == PublicEndpoint.PortName ? $"{port + 1}" : $"http://localhost:{port + 1}";
        return name is null
            ? null
            : $"Port {port} is taken, perhaps by another run of DataGen. Stop that, or name another port after the command: -- {name}={other}";
    }
}
