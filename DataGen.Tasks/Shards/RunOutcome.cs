using DataGen.Tasks.Model;

namespace DataGen.Tasks.Shards;

/// <summary>How a run of a task's records ended: every record has ended, or a permanent failure ended the
/// run.</summary>
/// <param name="FatalReason">The failure in words for the task's user: a fatal answer of the inference server, a
/// refusal of the Runner or of the store; null when every record ended.</param>
/// <param name="StoppedBy">Why no more calls are made while records are missing without a failure; null
/// otherwise.</param>
internal readonly record struct RunOutcome(string? FatalReason, StopReason? StoppedBy = null);
