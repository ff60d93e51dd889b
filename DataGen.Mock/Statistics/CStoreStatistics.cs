using System.Text.Json.Nodes;

namespace DataGen.Mock.Statistics;

/// <summary>Counts of CStore calls.</summary>
internal sealed class CStoreStatistics
{
    private readonly CallMeter reads = new();
    private readonly CallMeter writes = new();
    private long confirmed;

    public Call Read() => new(this, reads);

    public Call Write() => new(this, writes);

    public void Reset()
    {
        reads.Reset();
        writes.Reset();
        Interlocked.Exchange(ref confirmed, 0);
    }

    public JsonObject ToJson() =>
        new()
        {
            ["reads"] = reads.Calls,
            ["writes"] = writes.Calls,
            ["writesConfirmed"] = Interlocked.Read(ref confirmed),
            ["maxConcurrentReads"] = reads.MostInFlight,
            ["maxConcurrentWrites"] = writes.MostInFlight,
        };

    /// <summary>A call in progress.</summary>
    public readonly struct Call : IDisposable
    {
        private readonly CStoreStatistics owner;
        private readonly CallMeter meter;

        public Call(CStoreStatistics owner, CallMeter meter)
        {
            this.owner = owner;
            this.meter = meter;
            meter.Enter();
        }

        /// <summary>The write was answered with <c>true</c>.</summary>
        public void Confirm() => Interlocked.Increment(ref owner.confirmed);

        public void Dispose() => meter.Exit();
    }
}
