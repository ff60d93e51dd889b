using DataGen.Gateway.Api.Tasks;

namespace DataGen.Gateway.Api.Explore;

/// <summary>The answer to a question in SQL.</summary>
/// <param name="Columns">The answer's columns, with DuckDB's types.</param>
/// <param name="Rows">The answer's rows, each an array with a value per column.</param>
/// <param name="Truncated">Whether there are more rows, or longer ones, than fit.</param>
/// <param name="Ms">How long the query took, in milliseconds.</param>
/// <param name="AsOf">When the records were read.</param>
internal sealed record QueryResponse(
    IReadOnlyList<ColumnResponse> Columns,
    IReadOnlyList<RawJson> Rows,
    bool Truncated,
    double Ms,
    DateTimeOffset AsOf
);
