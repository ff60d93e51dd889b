namespace DataGen.Tasks.Shards;

/// <summary>
/// How many records took how long: counts in buckets whose bounds grow by a fifth, from 1 ms to a quarter of an hour.
/// Counts of several shards can be added, and the counts of a later time span are a difference. Not safe for concurrent
/// use.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int BucketsPerDoubling = 4;
    private const int Buckets = 81;
    private readonly int[] counts = new int[Buckets];

    /// <summary>Counts one record.</summary>
    public void Add(long milliseconds) =>
        counts[
            Math.Clamp((int)Math.Ceiling(Math.Log2(Math.Max(1, milliseconds)) * BucketsPerDoubling), 0, Buckets - 1)
        ]++;

    /// <summary>The counts so far.</summary>
    public int[] Snapshot() => [.. counts];

    /// <summary>The sum of several snapshots.</summary>
    public static int[] Sum(IEnumerable<int[]> snapshots)
    {
        var sum = new int[Buckets];
        foreach (var snapshot in snapshots)
        {
            for (var bucket = 0; bucket < Math.Min(Buckets, snapshot.Length); bucket++)
            {
                sum[bucket] += snapshot[bucket];
            }
        }

        return sum;
    }

    /// <summary>The counts that were added between <paramref name="before"/> and <paramref name="now"/>; all of
    /// <paramref name="now"/> where counting started again in between.</summary>
    public static int[] Since(int[] before, int[] now)
    {
        var more = new int[Buckets];
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            more[bucket] = now[bucket] >= before[bucket] ? now[bucket] - before[bucket] : now[bucket];
        }

        return more;
    }

    /// <summary>The milliseconds within which a share of the records ended (the upper bound of its bucket); 0 when
    /// there are none.</summary>
    public static double Percentile(int[] counts, double share)
    {
        var wanted = counts.Sum(count => (long)count) * share;
        var seen = 0L;
        for (var bucket = 0; bucket < counts.Length; bucket++)
        {
            seen += counts[bucket];
            if (counts[bucket] > 0 && seen >= wanted)
            {
                return Math.Round(Math.Pow(2, (double)bucket / BucketsPerDoubling), 1);
            }
        }

        return 0;
    }
}
