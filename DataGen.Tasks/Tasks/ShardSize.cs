namespace DataGen.Tasks.Tasks;

/// <summary>How many records of a shard have ended, and when the newest was stored.</summary>
[GenerateSerializer, Immutable]
internal readonly record struct ShardSize([property: Id(0)] int Ended, [property: Id(1)] DateTimeOffset? LastStoredAt);
