using System.Collections.Immutable;
using DataGen.Contracts;
using Google.Protobuf.WellKnownTypes;

namespace DataGen.Explorer.Datasets;

/// <summary>How a dataset stood when it was brought up to date.</summary>
/// <param name="Task">Its task.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Present">The indices of its good records, without those that were left out.</param>
/// <param name="AsOf">When: all that was stored before is in it.</param>
/// <param name="Curated">What people made of its records.</param>
/// <param name="IsPartial">Whether there is more than it has: a later one has more.</param>
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
