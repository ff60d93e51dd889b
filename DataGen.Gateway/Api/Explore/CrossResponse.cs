namespace DataGen.Gateway.Api.Explore;

/// <summary>How often the values of two columns stand in one record.</summary>
/// <param name="Down">The column whose values go down.</param>
/// <param name="Across">The column whose values go across.</param>
/// <param name="DownValues">Its values, the most frequent first.</param>
/// <param name="AcrossValues">Its values, the most frequent first.</param>
/// <param name="Counts">Records with both, row by row.</param>
/// <param name="Association">How much they hang together, 0 to 1: Cramér's V.</param>
internal sealed record CrossResponse(
    string Down,
    string Across,
    IReadOnlyList<string> DownValues,
    IReadOnlyList<string> AcrossValues,
    IReadOnlyList<int> Counts,
    double Association
);
