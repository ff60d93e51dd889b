using DataGen.Tasks.Model;

namespace DataGen.Tasks.Shards;

/// <summary>The work of a shard.</summary>
/// <param name="Task">The whole task.</param>
/// <param name="Range">The shard's records.</param>
/// <param name="Run">Which run of the task this is: 0, and one more with every retry. A shard that has ended an earlier
/// run makes its failed records again.</param>
/// <param name="Proven">Whether the task already has good records.</param>
/// <param name="Fresh">Whether the task was just created and no process has begun the shard: nothing is stored of it,
/// and its first epoch is open.</param>
[GenerateSerializer, Immutable]
internal sealed record ShardAssignment(
    [property: Id(0)] TaskDefinition Task,
    [property: Id(1)] IndexRange Range,
    [property: Id(2)] int Run,
    [property: Id(3)] bool Proven,
    [property: Id(4)] bool Fresh
);
