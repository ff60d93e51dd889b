namespace DataGen.Tasks.Shards;

/// <summary>The ended records of one shard, counted in the cells of its task.</summary>
/// <param name="First">The first cell the shard lies in.</param>
/// <param name="Good">Good records of the shard in each cell from there on.</param>
/// <param name="Failed">Failed records of the shard in the same cells.</param>
[GenerateSerializer, Immutable]
internal sealed record ShardCells(
    [property: Id(0)] int First,
    [property: Id(1)] int[] Good,
    [property: Id(2)] int[] Failed
);
