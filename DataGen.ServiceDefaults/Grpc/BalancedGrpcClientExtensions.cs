using DataGen.ServiceDefaults.Grpc.Balancing;
using DataGen.ServiceDefaults.Grpc.Discovery;
using Grpc.Core;
using Grpc.Net.Client.Balancer;
using Grpc.Net.Client.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace DataGen.ServiceDefaults.Grpc;

/// <summary>Registers gRPC clients of services that have replicas.</summary>
public static class BalancedGrpcClientExtensions
{
    /// <summary>
    /// Adds a gRPC client whose calls go to the replicas of a service in turn. Service discovery finds them under
    /// <c>Services:{service}:grpc:0</c>, <c>:1</c> and so on; a host name stands for all its addresses. A replica that
    /// refuses connections gets no calls until it accepts one again, which is tried every two seconds. A call to a
    /// replica that stays silent is given up after ten seconds, and the replica gets no calls for a while. Without a
    /// reachable replica a call is UNAVAILABLE at once.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="service">The service's name for service discovery.</param>
    /// <param name="contract">The full name of the gRPC service in its proto.</param>
    /// <param name="repeatable">Methods that are called again at another replica, twice at most, when they end
    /// UNAVAILABLE before the first answer. Other methods are called again only when no connection could be made,
    /// because then no server has seen the call.</param>
    public static IHttpClientBuilder AddBalancedGrpcClient<TClient>(
        this IHostApplicationBuilder builder,
        string service,
        string contract,
        params string[] repeatable
    )
        where TClient : ClientBase
    {
        builder.AddGrpcDiscovery();
        builder.Services.TryAddEnumerable(
            ServiceDescriptor.Singleton<LoadBalancerFactory, AnsweringPeersBalancerFactory>()
        );
        return builder
            .Services.AddGrpcClient<TClient>(client =>
            {
                client.Address = GrpcConnections.AddressOf(service);
                client.ChannelOptionsActions.Add(channel =>
                {
                    GrpcConnections.Configure(channel);
                    channel.ServiceConfig = Balanced(contract, repeatable);
                });
            })
            .AddInterceptor(_ => new UnsentCallRetry());
    }

    /// <summary>Adds <see cref="GrpcConnections"/> to the replicas of a service.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="service">The service's name for service discovery.</param>
    public static IHostApplicationBuilder AddGrpcConnections(this IHostApplicationBuilder builder, string service)
    {
        builder.AddGrpcDiscovery();
        builder.Services.AddSingleton(services => new GrpcConnections(services, service));
        return builder;
    }

    private static void AddGrpcDiscovery(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<ResolverFactory, DiscoveryResolverFactory>());
    }

    private static ServiceConfig Balanced(string contract, string[] repeatable)
    {
        var config = new ServiceConfig
        {
            LoadBalancingConfigs = { new LoadBalancingConfig(AnsweringPeersBalancerFactory.PolicyName) },
        };
        if (repeatable.Length > 0)
        {
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

            config.MethodConfigs.Add(again);
        }

        return config;
    }
}
