using System.Text.Json;

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

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject("cstore");
        json.WriteNumber("reads", reads.Calls);
        json.WriteNumber("writes", writes.Calls);
        json.WriteNumber("writesConfirmed", Interlocked.Read(ref confirmed));
        json.WriteNumber("maxConcurrentReads", reads.MostInFlight);
        json.WriteNumber("maxConcurrentWrites", writes.MostInFlight);
        json.WriteEndObject();
    }

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
