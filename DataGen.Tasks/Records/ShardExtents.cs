using DataGen.Tasks.Failures;
using DataGen.Tasks.Model;
using DataGen.Tasks.Shards;

namespace DataGen.Tasks.Records;

/// <summary>Asks the grains of shards which records are stored.</summary>
internal static class ShardExtents
{
    /// <summary>Which records of a shard are stored where.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public static Task<RecordExtent> ExtentAsync(this IGrainFactory grains, ShardId shard) =>
        grains.GetGrain<IShardGrain>(shard.Key).GetExtentAsync();
}
