using DataGen.Gateway.Api.Tasks;

namespace DataGen.Gateway.Api.Explore;

/// <summary>What is in a dataset.</summary>
/// <param name="Columns">A profile for each column.</param>
/// <param name="Total">How many records the filters leave.</param>
/// <param name="Records">How many good records the dataset has.</param>
/// <param name="Duplicates">How many of <paramref name="Total"/> equal one of a lower index.</param>
/// <param name="Samplers">Asked against got, for each sampler whose values are members of the records.</param>
/// <param name="Rejected">Answers that the definition did not allow, while the records were made.</param>
/// <param name="Novelty">How many records are new, stretch by stretch; only in a report.</param>
/// <param name="Crosses">How often the values of two columns stand in one record, of the pairs that hang together the most; only in a report.</param>
/// <param name="Status">The task's status.</param>
/// <param name="AsOf">When the records were read.</param>
/// <param name="Partial">True: the records are still being copied, so that there are more, some may turn out not to count, and
/// changes by people may be missing; left out: these are all.</param>
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
