namespace DataGen.Tasks.Shards;

/// <summary>How many records a second were stored over the last ten seconds. Not safe for concurrent use.</summary>
internal sealed class RateWindow(TimeProvider clock)
{
    private const int Seconds = 10;
    private readonly int[] counts = new int[Seconds];
    private readonly long started = clock.GetTimestamp();
    private long second;

    public void Add(int records)
    {
        Advance();
        counts[second % Seconds] += records;
    }

    public double PerSecond()
    {
        Advance();
        var age = clock.GetElapsedTime(started).TotalSeconds;
        return counts.Sum() / Math.Clamp(age, 1, Seconds);
    }

    private void Advance()
    {
        var now = (long)clock.GetElapsedTime(started).TotalSeconds;
        for (var passed = Math.Max(second + 1, now - Seconds + 1); passed <= now; passed++)
        {
            counts[passed % Seconds] = 0;
        }

        second = now;
    }
}
