using System.Collections.Immutable;
using DataGen.Contracts;
using Google.Protobuf.WellKnownTypes;

namespace DataGen.Explorer.Datasets;

/// <summary>The state of a dataset when it was brought up to date.</summary>
/// <param name="Task">Its task.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Present">The indices of its good records, without those that were left out.</param>
/// <param name="AsOf">The time of the snapshot: everything that was stored before is in it.</param>
/// <param name="Curated">The changes that people made to its records.</param>
/// <param name="IsPartial">Whether records are missing in it, which a later snapshot has.</param>
internal sealed record DatasetSnapshot(
    GenerationTask Task,
    ImmutableArray<DatasetColumn> Columns,
    IndexBits Present,
    DateTimeOffset AsOf,
    IReadOnlyDictionary<int, Curation> Curated,
    bool IsPartial
)
{
    public DatasetState ToProto() =>
        new()
        {
            Records = Present.Count,
            AsOf = AsOf.ToTimestamp(),
            Status = Task.Status,
            Partial = IsPartial,
        };
}
