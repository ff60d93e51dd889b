using System.Text.Json.Serialization;

namespace DataGen.Tasks.Model;

/// <summary>Why a task stopped that no user cancelled; stored and shown by its lower-case name.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StopReason>))]
public enum StopReason
{
    /// <summary>A bound of its budget is used up.</summary>
    [JsonStringEnumMemberName("budget")]
    Budget,

    /// <summary>The deadline has passed.</summary>
    [JsonStringEnumMemberName("deadline")]
    Deadline,

    /// <summary>Almost no answer was accepted any more.</summary>
    [JsonStringEnumMemberName("stall")]
    Stall,
}
