using DataGen.Tasks.Storage;

namespace DataGen.Tasks.Model;

/// <summary>Which records of a task are stored, and in which segments.</summary>
[GenerateSerializer, Immutable]
internal sealed record RecordExtent(
    [property: Id(0)] TaskDefinition Definition,
    [property: Id(1)] GenerationStatus Status,
    [property: Id(2)] IReadOnlyList<IndexRange> Good,
    [property: Id(3)] IReadOnlyList<IndexRange> Failed,
    [property: Id(4)] IReadOnlyList<EpochExtent> Epochs);
