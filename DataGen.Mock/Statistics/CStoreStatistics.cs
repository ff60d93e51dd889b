using System.Text.Json.Nodes;

namespace DataGen.Mock.Statistics;

/// <summary>Counts of CStore calls.</summary>
internal sealed class CStoreStatistics
{
    private long confirmed;

    public CallMeter Reads { get; } = new();

    public CallMeter Writes { get; } = new();

    /// <summary>A write was answered with <c>true</c>.</summary>
    public void Confirmed() => Interlocked.Increment(ref confirmed);

    public void Reset()
    {
        Reads.Reset();
        Writes.Reset();
        Interlocked.Exchange(ref confirmed, 0);
    }

    public JsonObject ToJson() =>
        new()
        {
            ["reads"] = Reads.Calls,
            ["writes"] = Writes.Calls,
            ["writesConfirmed"] = Interlocked.Read(ref confirmed),
            ["maxConcurrentReads"] = Reads.MostInFlight,
            ["maxConcurrentWrites"] = Writes.MostInFlight,
        };
}
