using Grpc.Net.Client.Balancer;

namespace DataGen.ServiceDefaults.Grpc.Balancing;

/// <summary>The state of one replica, as a client knows it from its own calls.</summary>
internal sealed class Peer(Subchannel subchannel, TimeProvider clock) : ISubchannelCallTracker
{
    private static readonly TimeSpan FirstDoubt = TimeSpan.FromSeconds(2);
    private const int MaxDoublings = 4;

    private int unanswered;
    private int broken;
    private long doubtedUntil;

    /// <summary>The connection to the replica.</summary>
    public Subchannel Subchannel { get; } = subchannel;

    private bool IsDoubted => Volatile.Read(ref broken) > 0 && clock.GetTimestamp() < Volatile.Read(ref doubtedUntil);

    /// <summary>Whether the next call should go to this peer rather than to the other.</summary>
    public bool ComesBefore(Peer other) =>
        IsDoubted == other.IsDoubted
            ? Volatile.Read(ref unanswered) < Volatile.Read(ref other.unanswered)
            : other.IsDoubted;

    /// <summary>Forgets the calls that broke off.</summary>
    public void Forgive() => Volatile.Write(ref broken, 0);

    public void Start() => Interlocked.Increment(ref unanswered);

    /// <summary>The headers of an answer have arrived, with any status, or the call broke off before.</summary>
    public void Complete(CompletionContext context)
    {
        switch (context.Error)
        {
            case null:
                Forgive();
                break;
            case OperationCanceledException:
                // The caller gave up, which says nothing about the peer.
                break;
            default:
                var doubt = FirstDoubt * Math.Pow(2, Math.Min(Volatile.Read(ref broken), MaxDoublings));
                Volatile.Write(
                    ref doubtedUntil,
                    clock.GetTimestamp() + (long)(doubt.TotalSeconds * clock.TimestampFrequency)
                );
                Interlocked.Increment(ref broken);
                break;
        }

        // This comes last: until here the call counts as unanswered.
        Interlocked.Decrement(ref unanswered);
    }
}
