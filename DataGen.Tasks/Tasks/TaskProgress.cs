using DataGen.Tasks.Model;
using DataGen.Tasks.Shards;

namespace DataGen.Tasks.Tasks;

/// <summary>A task's whole progress at one moment, in a size that does not grow with the task.</summary>
/// <param name="Good">The good records of a task that is shown record by record; else empty.</param>
/// <param name="Failed">The failed records of such a task; else empty.</param>
/// <param name="Retrying">Why records in flight are made again, by message; null from a process of an earlier
/// version.</param>
/// <param name="Cells">The cells of a task that is shown by cells; else null.</param>
[GenerateSerializer, Immutable]
internal sealed record TaskProgress(
    [property: Id(0)] long Version,
    [property: Id(1)] TaskSnapshot Task,
    [property: Id(2)] InFlightRecord[] InFlight,
    [property: Id(3)] int InFlightCount,
    [property: Id(4)] IndexRange[] Good,
    [property: Id(5)] IndexRange[] Failed,
    [property: Id(6)] CellCounts? Cells,
    [property: Id(7)] ErrorCount[] ErrorCounts,
    [property: Id(8)] HistoryPoint? NewestPoint,
    [property: Id(9)] ErrorCount[]? Retrying
);
