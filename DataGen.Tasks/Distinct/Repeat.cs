namespace DataGen.Tasks.Distinct;

/// <summary>A record that repeats another.</summary>
/// <param name="Index">Its index.</param>
/// <param name="Set">In which set of the definition, by its number; one more than there are: its text is nearly alike.</param>
/// <param name="IsNear">Whether its text is nearly alike.</param>
/// <param name="Of">The index of the other, which stays.</param>
/// <param name="Bytes">Its length, where it is stored.</param>
[GenerateSerializer, Immutable]
internal readonly record struct Repeat(
    [property: Id(0)] int Index,
    [property: Id(1)] int Set,
    [property: Id(2)] int Of,
    [property: Id(3)] int Bytes = 0,
    [property: Id(4)] bool IsNear = false
);
