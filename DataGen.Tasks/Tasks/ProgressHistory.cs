using DataGen.Tasks.Model;
using DataGen.Tasks.Shards;

namespace DataGen.Tasks.Tasks;

/// <summary>The history of a task: a bounded number of points, whose distance doubles when there are too many. Not safe
/// for concurrent use.</summary>
internal sealed class ProgressHistory
{
    private const int Most = 240;
    private static readonly TimeSpan Closest = TimeSpan.FromSeconds(1);
    private readonly List<HistoryPoint> points;
    private TimeSpan distance = Closest;
    private int[] counted = LatencyHistogram.Sum([]);

    public ProgressHistory(IEnumerable<HistoryPoint>? stored)
    {
        points = [.. stored ?? []];
        while (points.Count > 1 && (points[^1].At - points[0].At) / points.Count > distance)
        {
            distance *= 2;
        }
    }

    /// <summary>The newest point.</summary>
    public HistoryPoint? Newest => points.Count > 0 ? points[^1] : null;

    /// <summary>All points, oldest first.</summary>
    public HistoryPoint[] Points() => [.. points];

    /// <summary>Adds a point if it is time for one, or if it is the last; returns whether it did.</summary>
    public bool Note(DateTimeOffset now, int completed, int failures, int[] latencies, bool last)
    {
        if (points.Count > 0 && !last && now - points[^1].At < distance * 0.9)
        {
            return false;
        }

        var since = LatencyHistogram.Since(counted, latencies);
        counted = latencies;
        points.Add(
            new HistoryPoint(
                now,
                completed,
                failures,
                LatencyHistogram.Percentile(since, 0.5),
                LatencyHistogram.Percentile(since, 0.95)
            )
        );
        if (points.Count > Most)
        {
            var kept = points.Where((_, at) => at % 2 == 0).ToList();
            points.Clear();
            points.AddRange(kept);
            distance *= 2;
        }

        return true;
    }
}
