namespace DataGen.Gateway.Api.Explore;

/// <summary>How often the values of two columns occur in one record.</summary>
/// <param name="Down">The column whose values are the rows of the table.</param>
/// <param name="Across">The column whose values are the columns of the table.</param>
/// <param name="DownValues">The values of the rows, the most frequent first.</param>
/// <param name="AcrossValues">The values of the columns, the most frequent first.</param>
/// <param name="Counts">The number of records with both values, row by row.</param>
/// <param name="Association">How strongly they are associated, 0 to 1: Cramér's V.</param>
internal sealed record CrossResponse(
    string Down,
    string Across,
    IReadOnlyList<string> DownValues,
    IReadOnlyList<string> AcrossValues,
    IReadOnlyList<int> Counts,
    double Association
);
