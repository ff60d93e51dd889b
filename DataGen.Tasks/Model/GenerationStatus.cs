using System.Text.Json.Serialization;

namespace DataGen.Tasks.Model;

/// <summary>The state of a task; stored and shown by its lower-case name.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GenerationStatus>))]
public enum GenerationStatus
{
    /// <summary>Stored, no call made yet.</summary>
    [JsonStringEnumMemberName("queued")]
    Queued,

    /// <summary>Records are being made.</summary>
    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>Every record ended, at least one is good.</summary>
    [JsonStringEnumMemberName("succeeded")]
    Succeeded,

    /// <summary>Nothing could be generated, or a fatal answer ended it.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>Stopped by its user.</summary>
    [JsonStringEnumMemberName("cancelled")]
    Cancelled,
}
