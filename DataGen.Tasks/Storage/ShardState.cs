using DataGen.Tasks.Model;

namespace DataGen.Tasks.Storage;

/// <summary>What is stored of the records of a shard. It does not grow with them; only gaps and failures make it
/// longer.</summary>
/// <param name="Good">Indices of good records, for example <c>0-17,19</c>.</param>
/// <param name="Failed">Indices of failed records.</param>
/// <param name="Epochs">The segments that count, oldest epoch first. The last epoch is open while the shard is worked
/// on.</param>
/// <param name="Errors">The failures of lowest index, at most <see cref="RecordFailure.ShownPerTask"/>.</param>
/// <param name="ErrorCounts">All failures by message.</param>
/// <param name="DataBytes">Bytes of the good records.</param>
/// <param name="LastStoredAt">When the newest segment was stored.</param>
/// <param name="Rejected">Answers that were rejected.</param>
/// <param name="Spent">What its calls have cost.</param>
internal sealed record ShardState(
    string Good,
    string Failed,
    IReadOnlyList<EpochExtent> Epochs,
    IReadOnlyList<RecordFailure> Errors,
    IReadOnlyList<ErrorCount>? ErrorCounts,
    TokenCount Tokens,
    long DataBytes,
    DateTimeOffset? LastStoredAt,
    Rejections Rejected = default,
    Spent Spent = default
)
{
    /// <summary>Nothing stored yet; the first epoch is open.</summary>
    public static ShardState Empty { get; } = new("", "", [new EpochExtent(0, 0)], [], [], default, 0, null);

    /// <summary>The indices stored, and the segments that hold them.</summary>
    /// <exception cref="FormatException">What is stored is no set of indices.</exception>
    public RecordExtent Extent(ShardId id) =>
        new(id, IndexRanges.Parse(Good).Snapshot(), IndexRanges.Parse(Failed).Snapshot(), [.. Epochs]);
}
