using System.Text;

namespace DataGen.Tasks.Curation;

/// <summary>The changes that people made to one record.</summary>
/// <param name="Change">What replaces the generated record.</param>
/// <param name="Data">The replacing record as compact JSON; null where no record replaces it.</param>
/// <param name="Liked">Whether it is an example of what is wanted.</param>
[GenerateSerializer, Immutable]
internal sealed record CuratedRecord(
    [property: Id(0)] RecordChange Change,
    [property: Id(1)] string? Data,
    [property: Id(2)] bool Liked
)
{
    /// <summary>A record that was never changed.</summary>
    public static CuratedRecord Untouched { get; } = new(RecordChange.None, null, Liked: false);

    /// <summary>The record that the dataset holds after the changes; null where it is left out.</summary>
    /// <param name="generated">The record as it was generated.</param>
    public ReadOnlyMemory<byte>? DataOf(ReadOnlyMemory<byte>? generated) =>
        Data is null ? generated : Encoding.UTF8.GetBytes(Data);
}
