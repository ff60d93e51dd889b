using System.Globalization;

namespace DataGen.Tasks.Model;

/// <summary>A contiguous part of a task's records that is worked on by itself.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Number">Which part, from 0.</param>
/// <param name="Shards">How many parts the task had when this one was made; a small task has one.</param>
[GenerateSerializer, Immutable]
internal readonly record struct ShardId(
    [property: Id(0)] string TaskId,
    [property: Id(1)] int Number,
    [property: Id(2)] int Shards
)
{
    /// <summary>The key of the shard's grain, for example <c>019a…-7f3c/12/40</c>.</summary>
    public string Key => $"{TaskId}/{Number}/{Shards}";

    /// <summary>The shard that a grain key names.</summary>
    public static ShardId Parse(string key)
    {
        var parts = key.Split('/');
        return new ShardId(
            parts[0],
            int.Parse(parts[1], CultureInfo.InvariantCulture),
            int.Parse(parts[2], CultureInfo.InvariantCulture)
        );
    }

    /// <inheritdoc/>
    public override string ToString() => Shards == 1 ? TaskId : $"{TaskId}/{Number}";
}
