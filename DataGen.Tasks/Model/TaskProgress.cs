namespace DataGen.Tasks.Model;

/// <summary>A task's progress at one moment; complete in itself.</summary>
[GenerateSerializer, Immutable]
internal sealed record TaskProgress(
    [property: Id(0)] long Version,
    [property: Id(1)] TaskSnapshot Task,
    [property: Id(2)] IReadOnlyList<InFlightRecord> InFlight,
    [property: Id(3)] IReadOnlyList<IndexRange> Good,
    [property: Id(4)] IReadOnlyList<IndexRange> Failed,
    [property: Id(5)] double RecordsPerSecond);
