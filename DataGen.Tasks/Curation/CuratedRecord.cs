using System.Text;

namespace DataGen.Tasks.Curation;

/// <summary>What people made of one record.</summary>
/// <param name="Change">What took its place.</param>
/// <param name="Data">The record that did, as compact JSON; null where none did.</param>
/// <param name="Liked">Whether it is an example of what is wanted.</param>
[GenerateSerializer, Immutable]
internal sealed record CuratedRecord(
    [property: Id(0)] RecordChange Change,
    [property: Id(1)] string? Data,
    [property: Id(2)] bool Liked
)
{
    /// <summary>A record nobody has touched.</summary>
    public static CuratedRecord Untouched { get; } = new(RecordChange.None, null, Liked: false);

    /// <summary>The record that is in the dataset in the place of the one that was generated.</summary>
    /// <param name="generated">The record as it was generated.</param>
    public ReadOnlyMemory<byte>? DataOf(ReadOnlyMemory<byte>? generated) =>
        Data is null ? generated : Encoding.UTF8.GetBytes(Data);
}
