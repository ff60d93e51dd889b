using DataGen.Tasks.Model;

namespace DataGen.Tasks.Storage;

/// <summary>The names of DataGen's keys in CStore. Each has exactly one writer, named beside it.</summary>
internal static class CStoreKeys
{
    /// <summary>Hash of counters; written by the metrics grain.</summary>
    public const string Metrics = "datagen:metrics";

    /// <summary>Hash username → what the user's tasks add to the counters; written by the metrics grain when the user's
    /// grain reports.</summary>
    public const string MetricsByUser = "datagen:metrics:users";

    /// <summary>Hash task id → what the task adds to the counters, as an earlier version stored it; only read and
    /// removed, by the metrics grain.</summary>
    public const string OldMetricsByTask = "datagen:metrics:tasks";

    /// <summary>Hash task id → owner of every task that has to be resumed after a restart; a field is written by the
    /// task's grain.</summary>
    public const string ActiveTasks = "datagen:tasks:active";

    /// <summary>Hash task id → summary; written by the user's grain.</summary>
    public static string UserTasks(string username) => $"datagen:user:{username}:tasks";

    /// <summary>Value: definition and progress; written by the task's grain.</summary>
    public static string Task(string taskId) => $"datagen:task:{taskId}";

    /// <summary>Value: progress of one shard; written by the shard's grain.</summary>
    public static string Shard(ShardId shard) => $"datagen:task:{shard.TaskId}:shard:{shard.Number}";

    /// <summary>Value: the task's budget and what it has spent; written by its budget's grain.</summary>
    public static string Budget(string taskId) => $"datagen:task:{taskId}:budget";

    /// <summary>Hash record index → the changes that people made to the record; written by the task's curation
    /// grain.</summary>
    public static string Curation(string taskId) => $"datagen:task:{taskId}:curation";

    /// <summary>Hash of segments; a field is written by the grain of its shard.</summary>
    public static string Segments(string taskId) => $"datagen:task:{taskId}:segments";

    /// <summary>The field of one segment: <c>{epoch}-{sequence}</c>, in a task of several shards
    /// <c>{shard}.{epoch}-{sequence}</c>.</summary>
    public static string Segment(ShardId shard, SegmentId id) =>
        shard.Shards > 1 ? $"{shard.Number}.{id}" : id.ToString();
}
