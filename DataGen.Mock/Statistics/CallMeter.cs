namespace DataGen.Mock.Statistics;

/// <summary>Counts calls in flight and the most there were at once.</summary>
internal sealed class CallMeter
{
    private long _calls;
    private int _inFlight;
    private int _most;

    public long Calls => Interlocked.Read(ref _calls);

    public int InFlight => Volatile.Read(ref _inFlight);

    public int MostInFlight => Volatile.Read(ref _most);

    public void Enter()
    {
        Interlocked.Increment(ref _calls);
        var now = Interlocked.Increment(ref _inFlight);
        int most;
        while (now > (most = Volatile.Read(ref _most)) && Interlocked.CompareExchange(ref _most, now, most) != most)
        {
        }
    }

    public void Exit() => Interlocked.Decrement(ref _inFlight);

    /// <summary>Starts counting again; calls in flight stay in flight.</summary>
    public void Reset()
    {
        Interlocked.Exchange(ref _calls, 0);
        Interlocked.Exchange(ref _most, InFlight);
    }
}
