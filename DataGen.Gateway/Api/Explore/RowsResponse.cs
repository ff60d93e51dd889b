namespace DataGen.Gateway.Api.Explore;

/// <summary>A page of records.</summary>
/// <param name="Columns">The dataset's columns.</param>
/// <param name="Rows">The records.</param>
/// <param name="Total">How many records the filters leave.</param>
/// <param name="Records">How many good records the dataset has.</param>
/// <param name="Status">The task's status.</param>
/// <param name="AsOf">When the records were read: all that was stored before is in the answer.</param>
/// <param name="Partial">True: the records are still being copied, so that there are more, some may turn out not to count, and
/// changes by people may be missing; left out: these are all.</param>
internal sealed record RowsResponse(
    IReadOnlyList<ColumnResponse> Columns,
    IReadOnlyList<RowResponse> Rows,
    int Total,
    int Records,
    string Status,
    DateTimeOffset AsOf,
    bool? Partial = null
);
