using DataGen.Tasks.Model;

namespace DataGen.Tasks.Tasks;

/// <summary>How a task is cut into shards of nearly equal size. It follows from the two numbers, so it need not be
/// stored.</summary>
internal static class ShardPlan
{
    /// <summary>How many shards a new task gets; 1: it is not cut.</summary>
    public static int Count(int records, int recordsPerShard) =>
        (int)(((long)records + recordsPerShard - 1) / recordsPerShard);

    /// <summary>The indices of one shard.</summary>
    public static IndexRange Range(int records, int shards, int number) =>
        new((int)((long)records * number / shards), (int)((long)records * (number + 1) / shards) - 1);
}
