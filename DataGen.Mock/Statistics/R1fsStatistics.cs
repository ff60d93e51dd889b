using System.Text.Json.Nodes;

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

    public JsonObject ToJson() =>
        new()
        {
            ["adds"] = Interlocked.Read(ref adds),
            ["gets"] = Interlocked.Read(ref gets),
            ["deletes"] = Interlocked.Read(ref deletes),
            ["bytesAdded"] = Interlocked.Read(ref bytesAdded),
        };
}
