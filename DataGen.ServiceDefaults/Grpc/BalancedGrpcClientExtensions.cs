using DataGen.ServiceDefaults.Grpc.Balancing;
using DataGen.ServiceDefaults.Grpc.Discovery;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Balancer;
using Grpc.Net.Client.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace DataGen.ServiceDefaults.Grpc;

/// <summary>gRPC clients of services that have replicas.</summary>
public static class BalancedGrpcClientExtensions
{
    // A peer that is silent for so long is pinged, and given up when it does not answer for as long again.
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstReconnect = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LastReconnect = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Adds a gRPC client whose calls go to the replicas of a service in turn. They are found by service discovery
    /// under
    /// <c>Services:{service}:grpc:0</c>, <c>:1</c> and so on, a host name standing for all its addresses. A replica
    /// that refuses connections is left
    /// out until it takes them again, looked for every two seconds; one that accepts a call and stays silent loses it
    /// after ten seconds and is
    /// left out for a while. With no replica there a call is UNAVAILABLE at once.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="service">The service's name for service discovery.</param>
    /// <param name="contract">The full name of the gRPC service in its proto.</param>
    /// <param name="repeatable">
    /// Methods that are called again elsewhere, twice at most, when they end UNAVAILABLE before the first answer. The
    /// others are called again only
    /// where no connection could be made, so that the call cannot have been seen by anyone.
    /// </param>
    public static IHttpClientBuilder AddBalancedGrpcClient<TClient>(
        this IHostApplicationBuilder builder,
        string service,
        string contract,
        params string[] repeatable
    )
        where TClient : ClientBase
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<ResolverFactory, DiscoveryResolverFactory>());
        builder.Services.TryAddEnumerable(
            ServiceDescriptor.Singleton<LoadBalancerFactory, AnsweringPeersBalancerFactory>()
        );
        return builder
            .Services.AddGrpcClient<TClient>(client =>
            {
                client.Address = new Uri($"{DiscoveryResolverFactory.Scheme}:///{service}");
                client.ChannelOptionsActions.Add(channel => Configure(channel, contract, repeatable));
            })
            .AddInterceptor(_ => new UnsentCallRetry());
    }

    private static void Configure(GrpcChannelOptions channel, string contract, string[] repeatable)
    {
        // Not the pipeline that every HTTP client here gets: its resilience handler ends quiet streams and repeats
        // calls, its service discovery forbids
        // the channel to balance.
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
        channel.ServiceConfig = new ServiceConfig
        {
            LoadBalancingConfigs = { new LoadBalancingConfig(AnsweringPeersBalancerFactory.PolicyName) },
        };
        if (repeatable.Length == 0)
        {
            return;
        }

        var again = new MethodConfig
        {
            RetryPolicy = new RetryPolicy
            {
                MaxAttempts = 3,
                InitialBackoff = TimeSpan.FromMilliseconds(100),
                MaxBackoff = TimeSpan.FromSeconds(1),
                BackoffMultiplier = 3,
                RetryableStatusCodes = { StatusCode.Unavailable },
            },
        };
        foreach (var method in repeatable)
        {
            again.Names.Add(new MethodName { Service = contract, Method = method });
        }

        channel.ServiceConfig.MethodConfigs.Add(again);
    }
}
