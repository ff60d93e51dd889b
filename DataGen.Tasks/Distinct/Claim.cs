using System.Text.Json;

namespace DataGen.Tasks.Distinct;

/// <summary>A record's keys, which it is to have for itself (<see cref="Definition.Distinct.DistinctKeys"/>).</summary>
/// <param name="Index">The record's index.</param>
/// <param name="Keys">One for each set of the definition.</param>
/// <param name="Sketch">That of its text which may not be nearly like another's; null: none.</param>
[GenerateSerializer, Immutable]
internal readonly record struct Claim(
    [property: Id(0)] int Index,
    [property: Id(1)] ulong[] Keys,
    [property: Id(2)] uint[]? Sketch = null
)
{
    /// <summary>What a record has to have for itself.</summary>
    public static Claim Of(int index, ReadOnlyMemory<byte> record, Definition.Distinct.DistinctKeys keys)
    {
        using var document = JsonDocument.Parse(record);
        return new Claim(index, keys.Of(document.RootElement), keys.SketchOf(document.RootElement));
    }
}
