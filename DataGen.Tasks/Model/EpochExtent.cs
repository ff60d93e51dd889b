namespace DataGen.Tasks.Model;

/// <summary>How many segments of an epoch count. A later segment was written by a process that had lost the task, and
/// is ignored.</summary>
[GenerateSerializer, Immutable]
internal sealed record EpochExtent([property: Id(0)] int Epoch, [property: Id(1)] int Segments)
{
    /// <summary>
    /// How many epochs after the document's last one are read too: a process that was taken for dead may have
    /// overwritten its successor's document with its own.
    /// </summary>
    public const int LookAhead = 2;
}
