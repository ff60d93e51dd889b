using System.Text.Json;

namespace DataGen.Mock.Statistics;

/// <summary>Counts of CStore calls.</summary>
internal sealed class CStoreStatistics
{
    private readonly CallMeter _reads = new();
    private readonly CallMeter _writes = new();
    private long _confirmed;

    public Call Read() => new(this, _reads);

    public Call Write() => new(this, _writes);

    public void Reset()
    {
        _reads.Reset();
        _writes.Reset();
        Interlocked.Exchange(ref _confirmed, 0);
    }

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject("cstore");
        json.WriteNumber("reads", _reads.Calls);
        json.WriteNumber("writes", _writes.Calls);
        json.WriteNumber("writesConfirmed", Interlocked.Read(ref _confirmed));
        json.WriteNumber("maxConcurrentReads", _reads.MostInFlight);
        json.WriteNumber("maxConcurrentWrites", _writes.MostInFlight);
        json.WriteEndObject();
    }

    /// <summary>A call in progress.</summary>
    public readonly struct Call : IDisposable
    {
        private readonly CStoreStatistics _owner;
        private readonly CallMeter _meter;

        public Call(CStoreStatistics owner, CallMeter meter)
        {
            _owner = owner;
            _meter = meter;
            meter.Enter();
        }

        /// <summary>The write was answered with <c>true</c>.</summary>
        public void Confirm() => Interlocked.Increment(ref _owner._confirmed);

        public void Dispose() => _meter.Exit();
    }
}
