namespace DataGen.Tasks.Model;

/// <summary>The state of a task at one moment.</summary>
/// <param name="At">When.</param>
/// <param name="Completed">Records ended by then.</param>
/// <param name="Failures">Those of them that failed.</param>
/// <param name="P50">Median milliseconds from first attempt to end of the records stored since the point before; 0 when
/// none were.</param>
/// <param name="P95">Their 95th percentile.</param>
[GenerateSerializer, Immutable]
internal sealed record HistoryPoint(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] int Completed,
    [property: Id(2)] int Failures,
    [property: Id(3)] double P50,
    [property: Id(4)] double P95
);
