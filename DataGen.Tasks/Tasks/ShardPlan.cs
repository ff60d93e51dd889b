using DataGen.Tasks.Model;
using DataGen.Tasks.Storage;

namespace DataGen.Tasks.Tasks;

/// <summary>
/// Which records each shard of a task has. The shards that the task began with are of nearly equal size; a shard that
/// was added later stores its own size.
/// </summary>
internal sealed class ShardPlan
{
    private readonly int first;
    private readonly int[] added;

    /// <param name="records">Records of the task.</param>
    /// <param name="shards">Its shards, in index order.</param>
    public ShardPlan(int records, IReadOnlyCollection<ShardSummary> shards)
    {
        first = shards.Count(shard => shard.Records is null);

        // Where each added shard begins, and where the last one ends.
        added = new int[shards.Count - first + 1];
        added[^1] = records;
        foreach (var (shard, at) in shards.Skip(first).Select((shard, at) => (shard, at)).Reverse())
        {
            added[at] = added[at + 1] - shard.Records!.Value;
        }
    }

    /// <summary>The number of shards for a number of records.</summary>
    public static int Count(int records, int recordsPerShard) =>
        (int)(((long)records + recordsPerShard - 1) / recordsPerShard);

    /// <summary>The range of one of several shards of nearly equal size.</summary>
    public static IndexRange Part(int records, int shards, int number) =>
        new((int)((long)records * number / shards), (int)((long)records * (number + 1) / shards) - 1);

    /// <summary>The id of one shard of a task, which stays the same when shards are added.</summary>
    /// <param name="taskId">The task.</param>
    /// <param name="number">Which shard.</param>
    /// <param name="first">How many shards the task began with.</param>
    public static ShardId Id(string taskId, int number, int first) =>
        new(taskId, number, number < first ? first : number + 1);

    /// <summary>How many shards were added.</summary>
    public int Added => added.Length - 1;

    /// <summary>The range of one shard.</summary>
    public IndexRange Range(int number) =>
        number < first ? Part(added[0], first, number) : new(added[number - first], added[number - first + 1] - 1);

    /// <summary>The id of one shard of a task.</summary>
    public ShardId Id(string taskId, int number) => Id(taskId, number, first);
}
