using DataGen.Tasks.Model;

namespace DataGen.Tasks.Storage;

/// <summary>The stored state of a shard's records. It does not grow with the number of records, only with gaps and
/// failures.</summary>
/// <param name="Good">Indices of good records, for example <c>0-17,19</c>.</param>
/// <param name="Failed">Indices of failed records.</param>
/// <param name="Epochs">The segments that count, oldest epoch first. The last epoch is open while a process works on
/// the shard.</param>
/// <param name="Errors">The failures with the lowest indices, at most <see cref="RecordFailure.ShownPerTask"/>.</param>
/// <param name="ErrorCounts">All failures by message.</param>
/// <param name="DataBytes">Bytes of the good records.</param>
/// <param name="LastStoredAt">When the newest segment was stored.</param>
/// <param name="Rejected">Answers that were rejected.</param>
/// <param name="Spent">The cost of its calls.</param>
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
    /// <exception cref="FormatException">The stored indices cannot be parsed.</exception>
    public RecordExtent Extent(ShardId id) =>
        new(id, IndexRanges.Parse(Good).Snapshot(), IndexRanges.Parse(Failed).Snapshot(), [.. Epochs]);
}
