using Grpc.Net.Client.Balancer;

namespace DataGen.ServiceDefaults.Grpc.Balancing;

/// <summary>Makes <see cref="AnsweringPeersBalancer"/>s.</summary>
internal sealed class AnsweringPeersBalancerFactory(TimeProvider clock) : LoadBalancerFactory
{
    /// <summary>The policy's name in a service config.</summary>
    public const string PolicyName = "answering_peers";

    public override string Name => PolicyName;

    public override LoadBalancer Create(LoadBalancerOptions options) =>
        new AnsweringPeersBalancer(new PeerRegister(options.Controller, clock), options.LoggerFactory);
}
