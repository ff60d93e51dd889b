using DataGen.Tasks.Model;

namespace DataGen.Tasks.Storage;

/// <summary>One commit: records that were stored together and are never changed.</summary>
/// <param name="StoredAt">When the segment was made for storing; null in segments of early versions.</param>
internal sealed record Segment(SegmentId Id, IReadOnlyList<StoredRecord> Records, DateTimeOffset? StoredAt = null)
{
    /// <summary>The lowest index in it.</summary>
    public int First { get; } = Records.Min(record => record.Index);

    /// <summary>The highest index in it.</summary>
    public int Last { get; } = Records.Max(record => record.Index);
}
