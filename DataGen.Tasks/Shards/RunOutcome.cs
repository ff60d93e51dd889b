using DataGen.Tasks.Model;

namespace DataGen.Tasks.Shards;

/// <summary>How the making of a task's records ended: all have ended, or a permanent failure ended it.</summary>
/// <param name="FatalReason">The failure in words for the task's user: a fatal answer of the inference server, a
/// refusal of the Runner or of the store; null when every record ended.</param>
/// <param name="StoppedBy">Why no more calls are made, if records are missing that no failure kept from being made.</param>
internal readonly record struct RunOutcome(string? FatalReason, StopReason? StoppedBy = null);
