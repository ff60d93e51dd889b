namespace DataGen.Gateway.Api.Tasks;

/// <summary>The state of a task at one moment, for charts.</summary>
/// <param name="At">The moment (UTC).</param>
/// <param name="Completed">Records that had ended by then, good or failed.</param>
/// <param name="Failures">How many of them failed.</param>
/// <param name="LatencyP50Ms">Median time in milliseconds from the first attempt to the end, of the records stored
/// since the previous point; 0 when none were.</param>
/// <param name="LatencyP95Ms">The 95th percentile of the same times.</param>
internal sealed record HistoryPointResponse(
    DateTime At,
    int Completed,
    int Failures,
    double LatencyP50Ms,
    double LatencyP95Ms
);
