using Grpc.Net.Client.Balancer;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.ServiceDiscovery;

namespace DataGen.ServiceDefaults.Grpc.Discovery;

/// <summary>Finds the addresses of <c>discovery:///{service}</c> by service discovery.</summary>
internal sealed class DiscoveryResolverFactory(ServiceEndpointResolver discovery, TimeProvider clock) : ResolverFactory
{
    /// <summary>The scheme of such addresses.</summary>
    public const string Scheme = "discovery";

    public override string Name => Scheme;

    public override Resolver Create(ResolverOptions options) =>
        new DiscoveryResolver(
            discovery,
            options.Address.AbsolutePath.TrimStart('/'),
            clock,
            options.LoggerFactory.CreateLogger<DiscoveryResolver>()
        );
}
