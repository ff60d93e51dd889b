using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DataGen.Ratio1;
using DataGen.Ratio1.CStore;
using DataGen.Tasks.Budgets;
using DataGen.Tasks.Curation;
using DataGen.Tasks.Model;

namespace DataGen.Tasks.Storage;

/// <summary>
/// Everything that Tasks keeps in CStore. A method that writes returns only when the store has confirmed the write;
/// every method throws a <see cref="Ratio1Exception"/> when CStore or R1FS fails.
/// </summary>
internal sealed partial class TaskStore(
    ICStore store,
    SegmentFiles files,
    SegmentCache cache,
    ILogger<TaskStore> logger
)
{
    /// <summary>The stored task, or null when there is none.</summary>
    public async Task<TaskDocument?> ReadTaskAsync(string taskId, CancellationToken cancellationToken)
    {
        var key = CStoreKeys.Task(taskId);
        return await store.GetAsync(key, cancellationToken) is not { } json ? null
            : Read(json, key, StorageJsonContext.Default.TaskDocument) is { } document && document.Id == taskId
                ? document.WithShards()
            : throw new CStoreException($"What {key} holds is no task document.", isTransient: false);
    }

    public Task WriteTaskAsync(TaskDocument document, CancellationToken cancellationToken) =>
        store.SetAsync(
            CStoreKeys.Task(document.Id),
            JsonSerializer.Serialize(document, StorageJsonContext.Default.TaskDocument),
            cancellationToken
        );

    public Task DeleteTaskAsync(string taskId, CancellationToken cancellationToken) =>
        store.SetAsync(CStoreKeys.Task(taskId), null, cancellationToken);

    public Task<IReadOnlyDictionary<string, string>> ReadActiveTasksAsync(CancellationToken cancellationToken) =>
        store.HashGetAllAsync(CStoreKeys.ActiveTasks, cancellationToken);

    public Task AddActiveTaskAsync(string taskId, string owner, CancellationToken cancellationToken) =>
        store.HashSetAsync(
            CStoreKeys.ActiveTasks,
            taskId,
            JsonSerializer.Serialize(owner, StorageJsonContext.Default.String),
            cancellationToken
        );

    public Task RemoveActiveTaskAsync(string taskId, CancellationToken cancellationToken) =>
        store.HashSetAsync(CStoreKeys.ActiveTasks, taskId, null, cancellationToken);

    /// <summary>The first half of a commit: the value that stands for the segment. It may be written again and again,
    /// so that a file is uploaded once.</summary>
    public Task<string> PlaceSegmentAsync(ShardId shard, Segment segment, CancellationToken cancellationToken) =>
        files.PlaceAsync(shard, segment, cancellationToken);

    /// <summary>The second half: the segment is stored when this returns.</summary>
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

    /// <summary>Lets go of the files that values of segments name.</summary>
    public Task RemoveFilesAsync(IEnumerable<string> values, CancellationToken cancellationToken) =>
        files.RemoveAsync(values, cancellationToken);

    public Task RemoveSegmentAsync(ShardId shard, SegmentId id, CancellationToken cancellationToken) =>
        store.HashSetAsync(CStoreKeys.Segments(shard.TaskId), CStoreKeys.Segment(shard, id), null, cancellationToken);

    /// <summary>The stored shard, or null when none of its documents is written yet.</summary>
    public async Task<ShardDocument?> ReadShardAsync(ShardId shard, CancellationToken cancellationToken)
    {
        var key = CStoreKeys.Shard(shard);
        return await store.GetAsync(key, cancellationToken) is not { } json
            ? shard.Shards > 1
                ? null
                : (await ReadTaskAsync(shard.TaskId, cancellationToken))?.EarlierShard()
            : Read(json, key, StorageJsonContext.Default.ShardDocument)
                ?? throw new CStoreException($"What {key} holds is no shard.", isTransient: false);
    }

    public Task WriteShardAsync(ShardId shard, ShardDocument document, CancellationToken cancellationToken) =>
        store.SetAsync(
            CStoreKeys.Shard(shard),
            JsonSerializer.Serialize(document, StorageJsonContext.Default.ShardDocument),
            cancellationToken
        );

    public Task RemoveShardAsync(ShardId shard, CancellationToken cancellationToken) =>
        store.SetAsync(CStoreKeys.Shard(shard), null, cancellationToken);

    /// <summary>The stored budget, or null when none of its calls was allowed yet.</summary>
    public async Task<BudgetState?> ReadBudgetAsync(string taskId, CancellationToken cancellationToken)
    {
        var key = CStoreKeys.Budget(taskId);
        return await store.GetAsync(key, cancellationToken) is not { } json
            ? null
            : Read(json, key, StorageJsonContext.Default.BudgetState)
                ?? throw new CStoreException($"What {key} holds is no budget.", isTransient: false);
    }

    public Task WriteBudgetAsync(string taskId, BudgetState budget, CancellationToken cancellationToken) =>
        store.SetAsync(
            CStoreKeys.Budget(taskId),
            JsonSerializer.Serialize(budget, StorageJsonContext.Default.BudgetState),
            cancellationToken
        );

    public Task RemoveBudgetAsync(string taskId, CancellationToken cancellationToken) =>
        store.SetAsync(CStoreKeys.Budget(taskId), null, cancellationToken);

    /// <summary>What people made of a task's records, by index.</summary>
    public async Task<IReadOnlyDictionary<int, CuratedRecord>> ReadCurationAsync(
        string taskId,
        CancellationToken cancellationToken
    )
    {
        var key = CStoreKeys.Curation(taskId);
        var fields = await store.HashGetAllAsync(key, cancellationToken);
        return fields
            .Select(field =>
                (
                    Index: int.TryParse(field.Key, CultureInfo.InvariantCulture, out var index) ? index : -1,
                    Record: Read(field.Value, $"{key} {field.Key}", StorageJsonContext.Default.CuratedRecord)
                )
            )
            .Where(field => field.Index >= 0 && field.Record is not null)
            .ToDictionary(field => field.Index, field => field.Record!);
    }

    /// <summary>Writes what people made of a record; null takes it away.</summary>
    public Task WriteCurationAsync(
        string taskId,
        int index,
        CuratedRecord? record,
        CancellationToken cancellationToken
    ) =>
        store.HashSetAsync(
            CStoreKeys.Curation(taskId),
            index.ToString(CultureInfo.InvariantCulture),
            record is null ? null : JsonSerializer.Serialize(record, StorageJsonContext.Default.CuratedRecord),
            cancellationToken
        );

    public async Task<IReadOnlyList<TaskSnapshot>> ReadUserTasksAsync(
        string username,
        CancellationToken cancellationToken
    )
    {
        var fields = await store.HashGetAllAsync(CStoreKeys.UserTasks(username), cancellationToken);
        return
        [
            .. fields
                .Select(field =>
                    (field.Key, Summary: Read(field.Value, field.Key, StorageJsonContext.Default.TaskDocument))
                )
                .Where(field =>
                    field.Summary is { Title: not null, Prompt: not null } summary && summary.Id == field.Key
                )
                .Select(field => field.Summary!.ToSnapshot(username)),
        ];
    }

    public Task WriteUserTaskAsync(TaskSnapshot task, CancellationToken cancellationToken) =>
        store.HashSetAsync(
            CStoreKeys.UserTasks(task.Definition.Owner),
            task.Definition.Id,
            JsonSerializer.Serialize(TaskDocument.From(task), StorageJsonContext.Default.TaskDocument),
            cancellationToken
        );

    public Task RemoveUserTaskAsync(string username, string taskId, CancellationToken cancellationToken) =>
        store.HashSetAsync(CStoreKeys.UserTasks(username), taskId, null, cancellationToken);

    /// <summary>What the tasks of each user add to the counters.</summary>
    public async Task<Dictionary<string, MetricsTotals>> ReadMetricsByUserAsync(CancellationToken cancellationToken)
    {
        var fields = await store.HashGetAllAsync(CStoreKeys.MetricsByUser, cancellationToken);
        return fields
            .Select(field => (field.Key, Value: Read(field.Value, field.Key, StorageJsonContext.Default.MetricsTotals)))
            .Where(field => field.Value is not null)
            .ToDictionary(field => field.Key, field => field.Value!);
    }

    public Task WriteMetricsOfUserAsync(string username, MetricsTotals totals, CancellationToken cancellationToken) =>
        store.HashSetAsync(
            CStoreKeys.MetricsByUser,
            username,
            JsonSerializer.Serialize(totals, StorageJsonContext.Default.MetricsTotals),
            cancellationToken
        );

    /// <summary>The tasks for which an earlier version stored what they add to the counters.</summary>
    public async Task<IReadOnlyCollection<string>> ReadOldMetricsAsync(CancellationToken cancellationToken) =>
        [.. (await store.HashGetAllAsync(CStoreKeys.OldMetricsByTask, cancellationToken)).Keys];

    public Task RemoveOldMetricAsync(string taskId, CancellationToken cancellationToken) =>
        store.HashSetAsync(CStoreKeys.OldMetricsByTask, taskId, null, cancellationToken);

    /// <summary>Writes one counter; the value is JSON, null takes it away.</summary>
    public Task WriteMetricAsync(string name, string? json, CancellationToken cancellationToken) =>
        store.HashSetAsync(CStoreKeys.Metrics, name, json, cancellationToken);

    // Any app on the node can write any key: one bad value must not take everybody's list with it.
    private T? Read<T>(string json, string where, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            Log.Unreadable(logger, where);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "What is stored for {Where} is not what DataGen writes there; it is left out."
        )]
        public static partial void Unreadable(ILogger logger, string where);
    }
}
