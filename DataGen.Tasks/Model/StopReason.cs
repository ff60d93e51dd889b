using System.Text.Json.Serialization;

namespace DataGen.Tasks.Model;

/// <summary>Why a task was stopped that no user cancelled; stored and shown by the lower-case name.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StopReason>))]
public enum StopReason
{
    /// <summary>All calls it may make were made.</summary>
    [JsonStringEnumMemberName("budget")]
    Budget,

    /// <summary>Its time was over.</summary>
    [JsonStringEnumMemberName("deadline")]
    Deadline,

    /// <summary>Hardly an answer was taken any more.</summary>
    [JsonStringEnumMemberName("stall")]
    Stall,
}
