using DataGen.Tasks.Model;

namespace DataGen.Tasks.Tasks;

/// <summary>How a task is divided into shards of nearly equal size. The two numbers determine it, so it is not
/// stored.</summary>
internal static class ShardPlan
{
    /// <summary>How many shards a new task gets.</summary>
    public static int Count(int records, int recordsPerShard) =>
        (int)(((long)records + recordsPerShard - 1) / recordsPerShard);

    /// <summary>The indices of one shard.</summary>
    public static IndexRange Range(int records, int shards, int number) =>
        new((int)((long)records * number / shards), (int)((long)records * (number + 1) / shards) - 1);
}
