using System.Text.Json;

namespace DataGen.Mock.Statistics;

/// <summary>Counts of R1FS calls.</summary>
internal sealed class R1fsStatistics
{
    private long adds;
    private long gets;
    private long deletes;
    private long bytesAdded;

    public void Added(long bytes)
    {
        Interlocked.Increment(ref adds);
        Interlocked.Add(ref bytesAdded, bytes);
    }

    public void Got() => Interlocked.Increment(ref gets);

    public void Deleted() => Interlocked.Increment(ref deletes);

    public void Reset()
    {
        Interlocked.Exchange(ref adds, 0);
        Interlocked.Exchange(ref gets, 0);
        Interlocked.Exchange(ref deletes, 0);
        Interlocked.Exchange(ref bytesAdded, 0);
    }

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject("r1fs");
        json.WriteNumber("adds", Interlocked.Read(ref adds));
        json.WriteNumber("gets", Interlocked.Read(ref gets));
        json.WriteNumber("deletes", Interlocked.Read(ref deletes));
        json.WriteNumber("bytesAdded", Interlocked.Read(ref bytesAdded));
        json.WriteEndObject();
    }
}
