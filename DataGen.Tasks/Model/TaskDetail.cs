namespace DataGen.Tasks.Model;

/// <summary>A task with what its page shows first.</summary>
[GenerateSerializer, Immutable]
internal sealed record TaskDetail(
    [property: Id(0)] TaskSnapshot Task,
    [property: Id(1)] IReadOnlyList<InFlightRecord> InFlight,
    [property: Id(2)] IReadOnlyList<RecordFailure> Errors);
