namespace DataGen.Tasks.Model;

/// <summary>Which records of a shard are stored, and in which segments.</summary>
[GenerateSerializer, Immutable]
internal sealed record RecordExtent(
    [property: Id(0)] ShardId Id,
    [property: Id(1)] IndexRange[] Good,
    [property: Id(2)] IndexRange[] Failed,
    [property: Id(3)] EpochExtent[] Epochs
);
