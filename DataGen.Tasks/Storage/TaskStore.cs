using DataGen.Ratio1;
using DataGen.Ratio1.CStore;
using DataGen.Tasks.Model;

namespace DataGen.Tasks.Storage;

/// <summary>
/// Keeps tasks, shards, users and metrics in CStore. A method that writes returns only when the store has confirmed the
/// write; every method throws a <see cref="Ratio1Exception"/> when CStore or R1FS fails.
/// </summary>
internal sealed class TaskStore(ICStore store, JsonStore documents, SegmentFiles files, SegmentCache cache)
{
    /// <summary>The stored task, or null when there is none.</summary>
    public async Task<TaskDocument?> ReadTaskAsync(string taskId, CancellationToken cancellationToken)
    {
        var key = CStoreKeys.Task(taskId);
        var document = await documents.ReadAsync(key, StorageJsonContext.Default.TaskDocument, cancellationToken);
        return document is null || document.Id == taskId
            ? document?.WithShards()
            : throw new CStoreException($"What {key} holds is another task.", isTransient: false);
    }

    public Task WriteTaskAsync(TaskDocument document, CancellationToken cancellationToken) =>
        documents.WriteAsync(
            CStoreKeys.Task(document.Id),
            document,
            StorageJsonContext.Default.TaskDocument,
            cancellationToken
        );

    public Task DeleteTaskAsync(string taskId, CancellationToken cancellationToken) =>
        documents.RemoveAsync(CStoreKeys.Task(taskId), cancellationToken);

    public Task<IReadOnlyDictionary<string, string>> ReadActiveTasksAsync(CancellationToken cancellationToken) =>
        store.HashGetAllAsync(CStoreKeys.ActiveTasks, cancellationToken);

    public Task AddActiveTaskAsync(string taskId, string owner, CancellationToken cancellationToken) =>
        documents.WriteFieldAsync(
            CStoreKeys.ActiveTasks,
            taskId,
            owner,
            StorageJsonContext.Default.String,
            cancellationToken
        );

    public Task RemoveActiveTaskAsync(string taskId, CancellationToken cancellationToken) =>
        documents.RemoveFieldAsync(CStoreKeys.ActiveTasks, taskId, cancellationToken);

    /// <summary>The first half of a commit: the value that stands for the segment. The same value may be written
    /// repeatedly, so a file is uploaded once.</summary>
    public Task<string> PlaceSegmentAsync(ShardId shard, Segment segment, CancellationToken cancellationToken) =>
        files.PlaceAsync(shard, segment, cancellationToken);

    /// <summary>The second half of a commit: the segment is stored when this returns.</summary>
    public async Task WriteSegmentAsync(
        ShardId shard,
        Segment segment,
        string value,
        CancellationToken cancellationToken
    )
    {
        await store.HashSetAsync(
            CStoreKeys.Segments(shard.TaskId),
            CStoreKeys.Segment(shard, segment.Id),
            value,
            cancellationToken
        );
        cache.Keep(shard, segment);
    }

    /// <summary>The segment, or null when there is none (the end of an epoch).</summary>
    public async Task<Segment?> ReadSegmentAsync(ShardId shard, SegmentId id, CancellationToken cancellationToken)
    {
        if (cache.Find(shard, id) is { } known)
        {
            return known;
        }

        if (await ReadSegmentValueAsync(shard, id, cancellationToken) is not { } value)
        {
            return null;
        }

        var segment = await files.OpenAsync(id, value, cancellationToken);
        cache.Keep(shard, segment);
        return segment;
    }

    /// <summary>What CStore holds of a segment, or null when there is none.</summary>
    public Task<string?> ReadSegmentValueAsync(ShardId shard, SegmentId id, CancellationToken cancellationToken) =>
        store.HashGetAsync(CStoreKeys.Segments(shard.TaskId), CStoreKeys.Segment(shard, id), cancellationToken);

    /// <summary>Deletes the files that values of segments name.</summary>
    public Task RemoveFilesAsync(IEnumerable<string> values, CancellationToken cancellationToken) =>
        files.RemoveAsync(values, cancellationToken);

    public Task RemoveSegmentAsync(ShardId shard, SegmentId id, CancellationToken cancellationToken) =>
        store.HashSetAsync(CStoreKeys.Segments(shard.TaskId), CStoreKeys.Segment(shard, id), null, cancellationToken);

    /// <summary>The stored shard, or null when no document of it is written yet.</summary>
    public async Task<ShardDocument?> ReadShardAsync(ShardId shard, CancellationToken cancellationToken)
    {
        var stored = await documents.ReadAsync(
            CStoreKeys.Shard(shard),
            StorageJsonContext.Default.ShardDocument,
            cancellationToken
        );
        return stored is null && shard.Shards == 1
            ? (await ReadTaskAsync(shard.TaskId, cancellationToken))?.EarlierShard()
            : stored;
    }

    public Task WriteShardAsync(ShardId shard, ShardDocument document, CancellationToken cancellationToken) =>
        documents.WriteAsync(
            CStoreKeys.Shard(shard),
            document,
            StorageJsonContext.Default.ShardDocument,
            cancellationToken
        );

    public Task RemoveShardAsync(ShardId shard, CancellationToken cancellationToken) =>
        documents.RemoveAsync(CStoreKeys.Shard(shard), cancellationToken);

    /// <summary>Removes the task's budget, if it has one.</summary>
    public async Task RemoveBudgetAsync(string taskId, CancellationToken cancellationToken)
    {
        if (await store.GetAsync(CStoreKeys.Budget(taskId), cancellationToken) is not null)
        {
            await documents.RemoveAsync(CStoreKeys.Budget(taskId), cancellationToken);
        }
    }

    public async Task<IReadOnlyList<TaskSnapshot>> ReadUserTasksAsync(
        string username,
        CancellationToken cancellationToken
    )
    {
        var summaries = await documents.ReadFieldsAsync(
            CStoreKeys.UserTasks(username),
            StorageJsonContext.Default.TaskDocument,
            cancellationToken
        );
        return
        [
            .. summaries
                .Where(field => field.Value is { Title: not null, Prompt: not null } summary && summary.Id == field.Key)
                .Select(field => field.Value.ToSnapshot(username)),
        ];
    }

    public Task WriteUserTaskAsync(TaskSnapshot task, CancellationToken cancellationToken) =>
        documents.WriteFieldAsync(
            CStoreKeys.UserTasks(task.Definition.Owner),
            task.Definition.Id,
            TaskDocument.From(task),
            StorageJsonContext.Default.TaskDocument,
            cancellationToken
        );

    public Task RemoveUserTaskAsync(string username, string taskId, CancellationToken cancellationToken) =>
        documents.RemoveFieldAsync(CStoreKeys.UserTasks(username), taskId, cancellationToken);

    /// <summary>What each user's tasks add to the counters.</summary>
    public Task<Dictionary<string, MetricsTotals>> ReadMetricsByUserAsync(CancellationToken cancellationToken) =>
        documents.ReadFieldsAsync(
            CStoreKeys.MetricsByUser,
            StorageJsonContext.Default.MetricsTotals,
            cancellationToken
        );

    public Task WriteMetricsOfUserAsync(string username, MetricsTotals totals, CancellationToken cancellationToken) =>
        documents.WriteFieldAsync(
            CStoreKeys.MetricsByUser,
            username,
            totals,
            StorageJsonContext.Default.MetricsTotals,
            cancellationToken
        );

    /// <summary>The tasks for which an earlier version stored a field of counters.</summary>
    public async Task<IReadOnlyCollection<string>> ReadOldMetricsAsync(CancellationToken cancellationToken) =>
        [.. (await store.HashGetAllAsync(CStoreKeys.OldMetricsByTask, cancellationToken)).Keys];

    public Task RemoveOldMetricAsync(string taskId, CancellationToken cancellationToken) =>
        documents.RemoveFieldAsync(CStoreKeys.OldMetricsByTask, taskId, cancellationToken);

    /// <summary>Writes one counter as JSON; null removes it.</summary>
    public Task WriteMetricAsync(string name, string? json, CancellationToken cancellationToken) =>
        store.HashSetAsync(CStoreKeys.Metrics, name, json, cancellationToken);
}
