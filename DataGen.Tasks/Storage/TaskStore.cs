using System.Text.Json;
using DataGen.Ratio1.CStore;
using DataGen.Tasks.Model;

namespace DataGen.Tasks.Storage;

/// <summary>
/// Everything that Tasks keeps in CStore. A method that writes returns only when the store has confirmed the write;
/// every method throws <see cref="CStoreException"/> when the store fails.
/// </summary>
internal sealed class TaskStore(ICStore store, SegmentFiles files, SegmentCache cache)
{
    public async Task<TaskDocument?> ReadTaskAsync(string taskId, CancellationToken cancellationToken) =>
        await store.GetAsync(CStoreKeys.Task(taskId), cancellationToken) is { } json ? JsonSerializer.Deserialize(json, StorageJsonContext.Default.TaskDocument) : null;

    public Task WriteTaskAsync(TaskDocument document, CancellationToken cancellationToken) =>
        store.SetAsync(CStoreKeys.Task(document.Id), JsonSerializer.Serialize(document, StorageJsonContext.Default.TaskDocument), cancellationToken);

    public Task DeleteTaskAsync(string taskId, CancellationToken cancellationToken) => store.SetAsync(CStoreKeys.Task(taskId), null, cancellationToken);

    public Task<IReadOnlyDictionary<string, string>> ReadActiveTasksAsync(CancellationToken cancellationToken) => store.HashGetAllAsync(CStoreKeys.ActiveTasks, cancellationToken);

    public Task AddActiveTaskAsync(TaskDefinition task, CancellationToken cancellationToken) =>
        store.HashSetAsync(CStoreKeys.ActiveTasks, task.Id, JsonSerializer.Serialize(task.Owner, StorageJsonContext.Default.String), cancellationToken);

    public Task RemoveActiveTaskAsync(string taskId, CancellationToken cancellationToken) => store.HashSetAsync(CStoreKeys.ActiveTasks, taskId, null, cancellationToken);

    /// <summary>The first half of a commit: the value that stands for the segment. It may be written again and again, so that a file is uploaded once.</summary>
    public Task<string> PlaceSegmentAsync(string taskId, Segment segment, CancellationToken cancellationToken) => files.PlaceAsync(taskId, segment, cancellationToken);

    /// <summary>The second half: the segment is stored when this returns.</summary>
    public async Task WriteSegmentAsync(string taskId, Segment segment, string value, CancellationToken cancellationToken)
    {
        await store.HashSetAsync(CStoreKeys.Segments(taskId), CStoreKeys.Segment(segment.Id), value, cancellationToken);
        cache.Keep(taskId, segment);
    }

    /// <summary>The segment, or null when there is none (the end of an epoch).</summary>
    public async Task<Segment?> ReadSegmentAsync(string taskId, SegmentId id, CancellationToken cancellationToken)
    {
        if (cache.Find(taskId, id) is { } known)
        {
            return known;
        }

        if (await store.HashGetAsync(CStoreKeys.Segments(taskId), CStoreKeys.Segment(id), cancellationToken) is not { } value)
        {
            return null;
        }

        var segment = await files.OpenAsync(id, value, cancellationToken);
        cache.Keep(taskId, segment);
        return segment;
    }

    public async Task<IReadOnlyList<TaskSnapshot>> ReadUserTasksAsync(string username, CancellationToken cancellationToken)
    {
        var fields = await store.HashGetAllAsync(CStoreKeys.UserTasks(username), cancellationToken);
        return [.. fields.Values.Select(json => JsonSerializer.Deserialize(json, StorageJsonContext.Default.TaskSummaryDocument)!.ToSnapshot(username))];
    }

    public Task WriteUserTaskAsync(TaskSnapshot task, CancellationToken cancellationToken) => store.HashSetAsync(
        CStoreKeys.UserTasks(task.Definition.Owner),
        task.Definition.Id,
        JsonSerializer.Serialize(TaskSummaryDocument.From(task), StorageJsonContext.Default.TaskSummaryDocument),
        cancellationToken);

    public async Task<IReadOnlyDictionary<string, MetricsContribution>> ReadMetricsByTaskAsync(CancellationToken cancellationToken)
    {
        var fields = await store.HashGetAllAsync(CStoreKeys.MetricsByTask, cancellationToken);
        return fields.ToDictionary(field => field.Key, field => JsonSerializer.Deserialize(field.Value, StorageJsonContext.Default.MetricsContribution)!);
    }

    public Task WriteMetricsOfTaskAsync(string taskId, MetricsContribution contribution, CancellationToken cancellationToken) => store.HashSetAsync(
        CStoreKeys.MetricsByTask, taskId, JsonSerializer.Serialize(contribution, StorageJsonContext.Default.MetricsContribution), cancellationToken);

    /// <summary>Writes one counter; the value is JSON.</summary>
    public Task WriteMetricAsync(string name, string json, CancellationToken cancellationToken) => store.HashSetAsync(CStoreKeys.Metrics, name, json, cancellationToken);
}
