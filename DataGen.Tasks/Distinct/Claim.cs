using System.Text.Json;

namespace DataGen.Tasks.Distinct;

/// <summary>The keys that no other record may share with this one
/// (<see cref="Definition.Distinct.DistinctKeys"/>).</summary>
/// <param name="Index">The record's index.</param>
/// <param name="Keys">One key for each set of the definition.</param>
/// <param name="Sketch">The sketch of the text that may not be nearly like another record's; null: there is no such
/// text.</param>
[GenerateSerializer, Immutable]
internal readonly record struct Claim(
    [property: Id(0)] int Index,
    [property: Id(1)] ulong[] Keys,
    [property: Id(2)] uint[]? Sketch = null
)
{
    /// <summary>The claim of a record.</summary>
    public static Claim Of(int index, ReadOnlyMemory<byte> record, Definition.Distinct.DistinctKeys keys)
    {
        using var document = JsonDocument.Parse(record);
        return new Claim(index, keys.Of(document.RootElement), keys.SketchOf(document.RootElement));
    }
}
