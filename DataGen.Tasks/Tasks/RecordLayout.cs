using DataGen.Tasks.Model;

namespace DataGen.Tasks.Tasks;

/// <summary>Where a task's records are to be looked for.</summary>
/// <param name="Whole">The extent of a task that is not cut; else null.</param>
/// <param name="Shards">The shards of one that is, in index order; else empty.</param>
[GenerateSerializer, Immutable]
internal sealed record RecordLayout(
    [property: Id(0)] TaskDefinition Definition,
    [property: Id(1)] GenerationStatus Status,
    [property: Id(2)] RecordExtent? Whole,
    [property: Id(3)] ShardSize[] Shards
)
{
    /// <summary>How many records have ended.</summary>
    public int Ended =>
        Whole is { } whole
            ? whole.Good.Sum(range => range.Count) + whole.Failed.Sum(range => range.Count)
            : Shards.Sum(shard => shard.Ended);
}
