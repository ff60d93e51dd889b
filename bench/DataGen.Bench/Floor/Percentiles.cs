namespace DataGen.Bench.Floor;

/// <summary>What most of many times are not above.</summary>
internal static class Percentiles
{
    /// <summary>The time that a share of them, 0 to 1, are not above.</summary>
    public static TimeSpan Percentile(this IEnumerable<TimeSpan> times, double share)
    {
        TimeSpan[] sorted = [.. times.Order()];
        return sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
    }
}
