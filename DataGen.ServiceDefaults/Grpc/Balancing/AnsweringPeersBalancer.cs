using Grpc.Net.Client.Balancer;
using Microsoft.Extensions.Logging;

namespace DataGen.ServiceDefaults.Grpc.Balancing;

/// <summary>
/// Round robin over the connected peers, with one difference to gRPC's own: a peer that hangs still accepts
/// connections, so peers with fewer unanswered calls come first, and a peer on which a call broke off unanswered comes
/// last for some seconds.
/// </summary>
internal sealed class AnsweringPeersBalancer(PeerRegister peers, ILoggerFactory loggerFactory)
    : SubchannelsLoadBalancer(peers, loggerFactory)
{
    private uint turn;

    protected override SubchannelPicker CreatePicker(IReadOnlyList<Subchannel> readySubchannels) =>
        new Picker(this, [.. readySubchannels.Select(ready => peers[ready])]);

    private sealed class Picker(AnsweringPeersBalancer balancer, Peer[] ready) : SubchannelPicker
    {
        public override PickResult Pick(PickContext context)
        {
            var turn = Interlocked.Increment(ref balancer.turn);
            var best = ready[turn % (uint)ready.Length];
            for (var i = 1u; i < ready.Length; i++)
            {
                var other = ready[(turn + i) % (uint)ready.Length];
                best = other.ComesBefore(best) ? other : best;
            }

            return PickResult.ForSubchannel(best.Subchannel, best);
        }
    }
}
