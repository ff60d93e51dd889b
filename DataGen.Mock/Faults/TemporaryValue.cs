namespace DataGen.Mock.Faults;

/// <summary>A value set at run time, for some calls, for some time, or until it is set again.</summary>
internal sealed class TemporaryValue<T>(T value, long? calls, DateTimeOffset? until)
{
    private long callsLeft = calls ?? 0;

    public T Value => value;

    public DateTimeOffset? Until => until;

    public long? CallsLeft => calls is null ? null : Math.Max(0, Interlocked.Read(ref callsLeft));

    public bool IsInForce(DateTimeOffset now) => (until is null || now < until) && CallsLeft is null or > 0;

    /// <summary>Uses up one call; false when there is none left or the time is over.</summary>
    public bool TryTake(DateTimeOffset now) =>
        (until is null || now < until) && (calls is null || Interlocked.Decrement(ref callsLeft) >= 0);
}
