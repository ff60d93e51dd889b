namespace DataGen.Gateway.Api.Explore;

/// <summary>A page of records.</summary>
/// <param name="Columns">The dataset's columns.</param>
/// <param name="Rows">The records.</param>
/// <param name="Total">How many records match the filters.</param>
/// <param name="Records">How many good records the dataset has.</param>
/// <param name="Status">The task's status.</param>
/// <param name="AsOf">When the records were read (UTC): everything that was stored before is in the answer.</param>
/// <param name="Partial">True: the records are still being copied, so there are more, some may later not count, and
/// changes by people may be missing. Left out: the answer is complete.</param>
internal sealed record RowsResponse(
    IReadOnlyList<ColumnResponse> Columns,
    IReadOnlyList<RowResponse> Rows,
    int Total,
    int Records,
    string Status,
    DateTimeOffset AsOf,
    bool? Partial = null
);
