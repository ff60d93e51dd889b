namespace DataGen.Tasks.Model;

/// <summary>How many segments of an epoch count. A segment beyond it was written by a process that had lost the task,
/// and is ignored.</summary>
[GenerateSerializer, Immutable]
internal sealed record EpochExtent([property: Id(0)] int Epoch, [property: Id(1)] int Segments)
{
    /// <summary>
    /// How many epochs beyond those a document counts are looked into: a process that was taken for dead may have
    /// written its document over that of its successor.
    /// </summary>
    public const int LookAhead = 2;
}
