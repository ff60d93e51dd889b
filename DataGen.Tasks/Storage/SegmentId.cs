namespace DataGen.Tasks.Storage;

/// <summary>Which segment of a task: the epoch (one per opening of the task for writing) and its number within the epoch,
/// both from 0.</summary>
[GenerateSerializer, Immutable]
internal readonly record struct SegmentId([property: Id(0)] int Epoch, [property: Id(1)] int Sequence)
{
    /// <summary>Whether it was stored after another of the same shard.</summary>
    public bool IsAfter(SegmentId other) => (Epoch, Sequence).CompareTo((other.Epoch, other.Sequence)) > 0;

    /// <inheritdoc/>
    public override string ToString() => $"{Epoch}-{Sequence}";
}
