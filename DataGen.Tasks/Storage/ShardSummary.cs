using DataGen.Tasks.Model;

namespace DataGen.Tasks.Storage;

/// <summary>The part of a shard's state that the task's document holds; the shard's own document holds the
/// rest.</summary>
/// <param name="Ended">Whether the shard has ended in the present run.</param>
/// <param name="Records">How many records the shard has, if it was added to the task later; null: it is one of the
/// equal parts that the task began with.</param>
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
    /// <summary>A shard that no process has begun.</summary>
    public static ShardSummary Untouched { get; } = new(false, 0, 0, default, 0, null);
}
