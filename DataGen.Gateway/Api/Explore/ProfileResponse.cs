using DataGen.Gateway.Api.Tasks;

namespace DataGen.Gateway.Api.Explore;

/// <summary>The profile of a dataset.</summary>
/// <param name="Columns">A profile for each column.</param>
/// <param name="Total">How many records match the filters.</param>
/// <param name="Records">How many good records the dataset has.</param>
/// <param name="Duplicates">How many of <paramref name="Total"/> equal a record of a lower index.</param>
/// <param name="Samplers">The values asked for and found, for each sampler whose values are members of the
/// records.</param>
/// <param name="Rejected">Answers that the definition rejected while the records were made.</param>
/// <param name="Novelty">How many records are new, by ranges of indexes; only in a report.</param>
/// <param name="Crosses">The pairs of columns with the strongest association, with the number of records for each pair
/// of values; only in a report.</param>
/// <param name="Status">The task's status.</param>
/// <param name="AsOf">When the records were read (UTC).</param>
/// <param name="Partial">True: the records are still being copied, so there are more, some may later not count, and
/// changes by people may be missing. Left out: the answer is complete.</param>
internal sealed record ProfileResponse(
    IReadOnlyList<ColumnProfileResponse> Columns,
    int Total,
    int Records,
    int Duplicates,
    IReadOnlyList<SamplerProfileResponse> Samplers,
    RejectedResponse? Rejected,
    IReadOnlyList<NoveltyResponse>? Novelty,
    IReadOnlyList<CrossResponse>? Crosses,
    string Status,
    DateTimeOffset AsOf,
    bool? Partial = null
);
