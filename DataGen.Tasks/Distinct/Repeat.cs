using DataGen.Contracts;
using DataGen.Definition.Distinct;

namespace DataGen.Tasks.Distinct;

/// <summary>A record that repeats another.</summary>
/// <param name="Index">The record's index.</param>
/// <param name="Set">The number of the set in which it repeats; the number of sets, when its text is nearly
/// alike.</param>
/// <param name="IsNear">Whether its text is nearly alike.</param>
/// <param name="Of">The index of the other record, which stays.</param>
/// <param name="Bytes">The record's length in bytes, where it is stored.</param>
[GenerateSerializer, Immutable]
internal readonly record struct Repeat(
    [property: Id(0)] int Index,
    [property: Id(1)] int Set,
    [property: Id(2)] int Of,
    [property: Id(3)] int Bytes = 0,
    [property: Id(4)] bool IsNear = false
)
{
    /// <summary>The rejection that it counts as.</summary>
    public Model.Rejections Rejected => IsNear ? new(0, 0, Near: 1) : new(0, 1);

    /// <summary>The request to the Runner to make the record again.</summary>
    /// <param name="record">The record.</param>
    /// <param name="keys">The keys by which it was compared.</param>
    /// <param name="other">The index of the other record as the model is told it.</param>
    public Again ToAgain(GeneratedRecord record, DistinctKeys keys, int other) =>
        new()
        {
            Record = record,
            Problem = keys.Problem(Set, $"record {other + 1}"),
            Kind = IsNear ? RejectionKind.Near : RejectionKind.Duplicate,
        };
}
