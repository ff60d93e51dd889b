using DataGen.Tasks.Model;
using DataGen.Tasks.Storage;

namespace DataGen.Tasks.Tasks;

/// <summary>
/// Which records each shard of a task has. Those that the task began with are of nearly equal size; every shard that was
/// added later says its own.
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

        // Where each added shard begins, and the last one ends.
        added = new int[shards.Count - first + 1];
        added[^1] = records;
        foreach (var (shard, at) in shards.Skip(first).Select((shard, at) => (shard, at)).Reverse())
        {
            added[at] = added[at + 1] - shard.Records!.Value;
        }
    }

    /// <summary>How many shards so many records get.</summary>
    public static int Count(int records, int recordsPerShard) =>
        (int)(((long)records + recordsPerShard - 1) / recordsPerShard);

    /// <summary>The indices of one shard.</summary>
    public IndexRange Range(int number) =>
        number < first
            ? new((int)((long)added[0] * number / first), (int)((long)added[0] * (number + 1) / first) - 1)
            : new(added[number - first], added[number - first + 1] - 1);

    /// <summary>The name of one shard of a task, which stays when shards are added.</summary>
    public ShardId Id(string taskId, int number) => new(taskId, number, number < first ? first : number + 1);
}
