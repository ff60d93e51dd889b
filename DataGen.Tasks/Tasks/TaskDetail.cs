using DataGen.Tasks.Model;
using DataGen.Tasks.Shards;

namespace DataGen.Tasks.Tasks;

/// <summary>A task with what its page shows first.</summary>
[GenerateSerializer, Immutable]
internal sealed record TaskDetail(
    [property: Id(0)] TaskSnapshot Task,
    [property: Id(1)] InFlightRecord[] InFlight,
    [property: Id(2)] RecordFailure[] Errors,
    [property: Id(3)] ErrorCount[] ErrorCounts,
    [property: Id(4)] HistoryPoint[] History
);
