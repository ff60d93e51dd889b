namespace DataGen.Mock.Statistics;

/// <summary>Counts calls in flight and the most there were at once.</summary>
internal sealed class CallMeter
{
    private long calls;
    private int inFlight;
    private int most;

    public long Calls => Interlocked.Read(ref calls);

    public int InFlight => Volatile.Read(ref inFlight);

    public int MostInFlight => Volatile.Read(ref most);

    /// <summary>Begins a call; dispose the result when it ends.</summary>
    public Visit Enter()
    {
        Interlocked.Increment(ref calls);
        var now = Interlocked.Increment(ref inFlight);
        int most;
        while (
            now > (most = Volatile.Read(ref this.most)) && Interlocked.CompareExchange(ref this.most, now, most) != most
        ) { }

        return new Visit(this);
    }

    /// <summary>Starts counting again; calls in flight stay in flight.</summary>
    public void Reset()
    {
        Interlocked.Exchange(ref calls, 0);
        Interlocked.Exchange(ref most, InFlight);
    }

    /// <summary>A call in flight.</summary>
    public readonly struct Visit(CallMeter meter) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref meter.inFlight);
    }
}
