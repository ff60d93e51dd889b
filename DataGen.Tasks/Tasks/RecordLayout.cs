using DataGen.Tasks.Model;

namespace DataGen.Tasks.Tasks;

/// <summary>Where a task's records are stored.</summary>
/// <param name="Shards">Its shards, in index order.</param>
/// <param name="Added">How many of the shards were added later.</param>
[GenerateSerializer, Immutable]
internal sealed record RecordLayout(
    [property: Id(0)] TaskDefinition Definition,
    [property: Id(1)] GenerationStatus Status,
    [property: Id(2)] ShardSize[] Shards,
    [property: Id(3)] int Added
)
{
    /// <summary>How many records have ended.</summary>
    public int Ended => Shards.Sum(shard => shard.Ended);

    /// <summary>The id of one of the shards.</summary>
    public ShardId Shard(int number) => ShardPlan.Id(Definition.Id, number, Shards.Length - Added);
}
