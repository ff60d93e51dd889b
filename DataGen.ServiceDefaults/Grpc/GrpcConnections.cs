using DataGen.ServiceDefaults.Grpc.Discovery;
using Grpc.Core;
using Grpc.Net.Client;

namespace DataGen.ServiceDefaults.Grpc;

/// <summary>
/// Opens connections to the replicas of one service. Each is a TCP connection of its own: where several replicas stand
/// behind one address, the proxy there chooses one per connection, so that all calls on one connection reach one
/// replica.
/// </summary>
public sealed class GrpcConnections(IServiceProvider services, string service)
{
    // A peer that is silent for this long gets a ping, and is given up when it does not answer for as long again.
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstReconnect = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LastReconnect = TimeSpan.FromSeconds(2);

    /// <summary>Opens a connection to any replica; it connects at the first call. The caller disposes of it.</summary>
    public GrpcChannel Open()
    {
        var options = new GrpcChannelOptions { ServiceProvider = services };
        Configure(options);
        return GrpcChannel.ForAddress(AddressOf(service), options);
    }

    internal static Uri AddressOf(string service) => new($"{DiscoveryResolverFactory.Scheme}:///{service}");

    internal static void Configure(GrpcChannelOptions channel)
    {
        // Not the pipeline of the other HTTP clients: its resilience handler ends quiet streams and repeats calls, and
        // its service discovery prevents the channel from balancing.
        channel.HttpHandler = new LostPeerHandler(
            new SocketsHttpHandler
            {
                ConnectTimeout = Ping,
                KeepAlivePingDelay = Ping,
                KeepAlivePingTimeout = Ping,
                EnableMultipleHttp2Connections = true,
                PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
                UseProxy = false,
                UseCookies = false,
            }
        );
        channel.DisposeHttpClient = true;
        channel.Credentials = ChannelCredentials.Insecure;
        channel.InitialReconnectBackoff = FirstReconnect;
        channel.MaxReconnectBackoff = LastReconnect;
        channel.DisableResolverServiceConfig = true;
    }
}
