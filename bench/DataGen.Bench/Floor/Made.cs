namespace DataGen.Bench.Floor;

/// <summary>How records were made.</summary>
/// <param name="Task">The task's id.</param>
/// <param name="Rate">Records a second, from the first call to the last record stored.</param>
/// <param name="Seconds">How long that took.</param>
/// <param name="Cost">What one cost the whole product.</param>
internal sealed record Made(string Task, double Rate, double Seconds, Cost Cost)
{
    /// <summary>The one in the middle, by rate.</summary>
    public static Made Median(IEnumerable<Made> tries)
    {
        Made[] sorted = [.. tries.OrderBy(made => made.Rate)];
        return sorted[sorted.Length / 2];
    }
}
