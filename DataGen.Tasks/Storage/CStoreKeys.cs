namespace DataGen.Tasks.Storage;

/// <summary>The names of DataGen's keys in CStore. Each has exactly one writer, named beside it.</summary>
internal static class CStoreKeys
{
    /// <summary>Hash of counters; written by the metrics grain.</summary>
    public const string Metrics = "datagen:metrics";

    /// <summary>Hash task id → what the task adds to the counters; written by the metrics grain.</summary>
    public const string MetricsByTask = "datagen:metrics:tasks";

    /// <summary>Hash task id → owner of every task that has to be revived after a restart; a field is written by the task's grain.</summary>
    public const string ActiveTasks = "datagen:tasks:active";

    /// <summary>Hash task id → summary; written by the user's grain.</summary>
    public static string UserTasks(string username) => $"datagen:user:{username}:tasks";

    /// <summary>Value: definition and progress; written by the task's grain.</summary>
    public static string Task(string taskId) => $"datagen:task:{taskId}";

    /// <summary>Hash <c>{epoch}-{sequence}</c> → segment; written by the task's grain.</summary>
    public static string Segments(string taskId) => $"datagen:task:{taskId}:segments";

    /// <summary>The field of one segment.</summary>
    public static string Segment(SegmentId id) => $"{id.Epoch}-{id.Sequence}";
}
