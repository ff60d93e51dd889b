using DataGen.Tasks.Model;

namespace DataGen.Tasks.Storage;

/// <summary>What a task's document holds of each of its shards; the shard's own document holds the rest.</summary>
/// <param name="Ended">Whether it has ended in the present run.</param>
/// <param name="Records">How many records it has, if it was added to the task later; null: as many as the others that the
/// task began with.</param>
internal sealed record ShardSummary(
    bool Ended,
    int Good,
    int Failed,
    TokenCount Tokens,
    long DataBytes,
    DateTimeOffset? LastStoredAt,
    Rejections Rejected = default,
    Spent Spent = default,
    int? Records = null
)
{
    /// <summary>A shard nobody has begun.</summary>
    public static ShardSummary Untouched { get; } = new(false, 0, 0, default, 0, null);
}
