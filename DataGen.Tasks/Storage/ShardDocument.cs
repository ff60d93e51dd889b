namespace DataGen.Tasks.Storage;

/// <summary>The stored form of a shard.</summary>
/// <param name="Run">The run of the task it works on, or worked on last.</param>
/// <param name="Ended">Whether every record of it has ended in that run.</param>
internal sealed record ShardDocument(int Run, bool Ended, ShardState State);
