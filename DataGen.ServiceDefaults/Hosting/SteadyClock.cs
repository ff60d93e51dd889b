namespace DataGen.ServiceDefaults.Hosting;

/// <summary>
/// A clock that never goes back. When the machine's clock is set back, this clock runs at half the speed until the two
/// agree again; when it is set forward, this clock follows at once. Orleans needs it, because it cannot create a grain
/// while the time is before its last collection of idle grains.
/// </summary>
/// <param name="wall">The machine's clock. Times that are compared with those of another process, such as a token's
/// expiry, come from it.</param>
public sealed class SteadyClock(TimeProvider wall) : TimeProvider
{
    private readonly Lock gate = new();
    private DateTimeOffset last = wall.GetUtcNow();
    private long stamp = wall.GetTimestamp();

    /// <summary>The machine's clock.</summary>
    public TimeProvider Wall => wall;

    /// <inheritdoc/>
    public override long TimestampFrequency => wall.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => wall.LocalTimeZone;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            var (now, shown) = (wall.GetTimestamp(), wall.GetUtcNow());
            var slow = last + (Max(wall.GetElapsedTime(stamp, now), TimeSpan.Zero) / 2);
            (last, stamp) = (shown > slow ? shown : slow, now);
            return last;
        }
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <inheritdoc/>
    public override long GetTimestamp() => wall.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        wall.CreateTimer(callback, state, dueTime, period);
}
