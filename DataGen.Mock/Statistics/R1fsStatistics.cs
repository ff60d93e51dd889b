using System.Text.Json;

namespace DataGen.Mock.Statistics;

/// <summary>Counts of R1FS calls.</summary>
internal sealed class R1fsStatistics
{
    private long _adds;
    private long _gets;
    private long _deletes;
    private long _bytesAdded;

    public void Added(long bytes)
    {
        Interlocked.Increment(ref _adds);
        Interlocked.Add(ref _bytesAdded, bytes);
    }

    public void Got() => Interlocked.Increment(ref _gets);

    public void Deleted() => Interlocked.Increment(ref _deletes);

    public void Reset()
    {
        Interlocked.Exchange(ref _adds, 0);
        Interlocked.Exchange(ref _gets, 0);
        Interlocked.Exchange(ref _deletes, 0);
        Interlocked.Exchange(ref _bytesAdded, 0);
    }

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject("r1fs");
        json.WriteNumber("adds", Interlocked.Read(ref _adds));
        json.WriteNumber("gets", Interlocked.Read(ref _gets));
        json.WriteNumber("deletes", Interlocked.Read(ref _deletes));
        json.WriteNumber("bytesAdded", Interlocked.Read(ref _bytesAdded));
        json.WriteEndObject();
    }
}
