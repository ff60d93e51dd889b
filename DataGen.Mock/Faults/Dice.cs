namespace DataGen.Mock.Faults;

/// <summary>Decides which calls are hit. With a seed the sequence of throws is always the same; which call gets which
/// depends on their order.</summary>
internal sealed class Dice(ulong? seed)
{
    private readonly ulong seed = seed ?? (ulong)Random.Shared.NextInt64();
    private long throws;

    /// <summary>The next throw, from 0 to just below 1.</summary>
    public double Next()
    {
        // SplitMix64 over a counter: no lock, no shared state but the counter.
        var z = seed + ((ulong)Interlocked.Increment(ref throws) * 0x9E3779B97F4A7C15);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>Whether this call is hit by a fault with a rate.</summary>
    public bool Hits(Fault<double> rate)
    {
        var share = rate.Take();
        return share >= 1 || (share > 0 && Next() < share);
    }
}
