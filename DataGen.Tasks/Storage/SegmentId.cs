namespace DataGen.Tasks.Storage;

/// <summary>The id of a segment in its shard: the epoch (a new one each time a process takes over the shard) and the
/// number within the epoch, both from 0.</summary>
[GenerateSerializer, Immutable]
internal readonly record struct SegmentId([property: Id(0)] int Epoch, [property: Id(1)] int Sequence)
{
    /// <summary>Whether this segment was stored after another one of the same shard.</summary>
    public bool IsAfter(SegmentId other) => (Epoch, Sequence).CompareTo((other.Epoch, other.Sequence)) > 0;

    /// <inheritdoc/>
    public override string ToString() => $"{Epoch}-{Sequence}";
}
