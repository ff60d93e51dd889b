using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Grpc.Core;
using Grpc.Net.Client.Balancer;

namespace DataGen.ServiceDefaults.Grpc.Balancing;

/// <summary>Stands between a balancer and its channel, and keeps a <see cref="Peer"/> for every connection.</summary>
internal sealed class PeerRegister(IChannelControlHelper channel, TimeProvider clock) : IChannelControlHelper
{
    private readonly ConditionalWeakTable<Subchannel, Peer> peers = [];

    public Peer this[Subchannel subchannel] =>
        peers.TryGetValue(subchannel, out var peer)
            ? peer
            : throw new InvalidOperationException("The connection is not known.");

    public Subchannel CreateSubchannel(SubchannelOptions options)
    {
        var subchannel = channel.CreateSubchannel(options);
        var peer = new Peer(subchannel, clock);
        peers.Add(subchannel, peer);
        subchannel.OnStateChanged(state =>
        {
            // The peer is gone; a process that accepts connections there later is a different one.
            if (
                state is
                {
                    State: ConnectivityState.TransientFailure,
                    Status.DebugException: SocketException { SocketErrorCode: SocketError.ConnectionRefused }
                }
            )
            {
                peer.Forgive();
            }
        });
        return subchannel;
    }

    public void UpdateState(BalancerState state) => channel.UpdateState(state);

    public void RefreshResolver() => channel.RefreshResolver();
}
