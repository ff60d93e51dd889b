using DataGen.Tasks.Model;

namespace DataGen.Tasks.Storage;

/// <summary>
/// Reads tasks of a version that kept the records of a small task in the task's own document:
/// <c>{"id":…,"good":"0-17,19","failed":"18","epochs":[{"epoch":0,"segments":2}],…}</c> and no <c>shards</c>. Such a
/// task has one shard. Until that shard has a document of its own, the task's document is also the shard's.
/// </summary>
internal static class EarlierDocuments
{
    /// <summary>The task with its one shard.</summary>
    public static TaskDocument WithShards(this TaskDocument task) =>
        task.Shards is not null
            ? task
            : task with
            {
                Shards =
                [
                    new ShardSummary(
                        task.Completed == task.Count,
                        task.Completed - task.Failures,
                        task.Failures,
                        task.Tokens,
                        task.DataBytes,
                        task.LastStoredAt
                    ),
                ],
                Cells = Cells(task),
            };

    private static CellCounts? Cells(TaskDocument task)
    {
        if (CellCounts.SizeFor(task.Count) == 0)
        {
            return null;
        }

        var cells = CellCounts.Empty(task.Count);
        cells.Add(IndexRanges.Parse(task.Good ?? "").Snapshot(), good: true);
        cells.Add(IndexRanges.Parse(task.Failed ?? "").Snapshot(), good: false);
        return cells;
    }

    /// <summary>The shard's state from the task's document; null for a task that was always stored with
    /// shards.</summary>
    public static ShardDocument? EarlierShard(this TaskDocument task) =>
        task.Epochs is not [_, ..] epochs
            ? null
            : new ShardDocument(
                task.Run,
                task.Status.IsFinal() && task.Completed == task.Count,
                new ShardState(
                    task.Good ?? "",
                    task.Failed ?? "",
                    epochs,
                    task.Errors ?? [],
                    task.ErrorCounts,
                    task.Tokens,
                    task.DataBytes,
                    task.LastStoredAt
                )
            );
}
