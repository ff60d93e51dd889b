namespace DataGen.Tasks.Shards;

/// <summary>How the making of a task's records ended: all have ended, or the inference server gave a fatal
/// answer.</summary>
/// <param name="FatalReason">The fatal answer in one sentence; null when every record ended.</param>
internal readonly record struct RunOutcome(string? FatalReason);
