namespace DataGen.Tasks.Model;

/// <summary>A contiguous part of a task that is worked on by itself; a small task is one whole.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Number">Which part, from 0; null: the task is not cut.</param>
[GenerateSerializer, Immutable]
internal readonly record struct ShardId([property: Id(0)] string TaskId, [property: Id(1)] int? Number)
{
    /// <summary>The one part of a task that is not cut.</summary>
    public static ShardId Whole(string taskId) => new(taskId, null);

    /// <summary>The part that a grain key names, for example <c>019a…-7f3c/12</c>.</summary>
    public static ShardId Parse(string key)
    {
        var slash = key.LastIndexOf('/');
        return new ShardId(
            key[..slash],
            int.Parse(key.AsSpan(slash + 1), System.Globalization.CultureInfo.InvariantCulture)
        );
    }

    /// <inheritdoc/>
    public override string ToString() => Number is { } number ? $"{TaskId}/{number}" : TaskId;
}
