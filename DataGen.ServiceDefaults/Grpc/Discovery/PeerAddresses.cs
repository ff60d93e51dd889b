using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.ServiceDiscovery;

namespace DataGen.ServiceDefaults.Grpc.Discovery;

/// <summary>Converts the result of service discovery to addresses to connect to, one for each replica.</summary>
internal static class PeerAddresses
{
    /// <exception cref="InvalidOperationException">There is no address; the message names the setting.</exception>
    /// <exception cref="SocketException">No host name could be resolved.</exception>
    public static async Task<IReadOnlySet<DnsEndPoint>> OfAsync(
        string service,
        IReadOnlyList<ServiceEndpoint> endpoints,
        CancellationToken cancellationToken
    )
    {
        var peers = new HashSet<DnsEndPoint>();
        SocketException? unresolved = null;
        foreach (var endpoint in endpoints)
        {
            var (host, port) = HostAndPort(service, endpoint.EndPoint);
            try
            {
                peers.UnionWith(
                    (await HostsAsync(host, cancellationToken)).Select(address => new DnsEndPoint(address, port))
                );
            }
            catch (SocketException exception)
            {
                unresolved = exception;
            }
        }

        return peers.Count > 0 ? peers : throw unresolved ?? (Exception)Unknown(service);
    }

    private static (string Host, int Port) HostAndPort(string service, EndPoint endpoint) =>
        endpoint switch
        {
            UriEndPoint { Uri.Scheme: not "http" } uri => throw new InvalidOperationException(
                $"Services__{service}__grpc: '{uri.Uri.GetLeftPart(UriPartial.Authority)}' is not an http address; between the services gRPC runs without TLS."
            ),
            UriEndPoint uri => (uri.Uri.DnsSafeHost, uri.Uri.Port),
            IPEndPoint { Port: > 0 } ip => (ip.Address.ToString(), ip.Port),
            DnsEndPoint { Port: > 0 } dns => (dns.Host, dns.Port),
            _ => throw Unknown(service), // without a port: the name of the service itself, which stands for nothing configured
        };

    /// <summary>The addresses of a host. One name may stand for many replicas (a headless service, a scaled container);
    /// this machine's own name never does.</summary>
    private static async Task<IEnumerable<string>> HostsAsync(string host, CancellationToken cancellationToken) =>
        host == "localhost" || IPAddress.TryParse(host, out _)
            ? [host]
            : (await Dns.GetHostAddressesAsync(host, cancellationToken)).Select(address => address.ToString());

    private static InvalidOperationException Unknown(string service) =>
        new($"No address of '{service}' is known: set Services__{service}__grpc__0.");
}
