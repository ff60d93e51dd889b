using DataGen.Gateway.Api.Tasks;

namespace DataGen.Gateway.Api.Explore;

/// <summary>The profile of a column.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="Filled">Records with a value.</param>
/// <param name="Nulls">Records without a value: null, or no such member.</param>
/// <param name="Distinct">Different values.</param>
/// <param name="Top">The most frequent values, at most ten.</param>
/// <param name="Min">The least number, or the first text.</param>
/// <param name="Max">The greatest number, or the last text.</param>
/// <param name="Mean">The mean of numbers.</param>
/// <param name="Deviation">Their standard deviation.</param>
/// <param name="Quantiles">The numbers below which 5, 25, 50, 75 and 95 % lie.</param>
/// <param name="Lengths">How long texts are, in characters.</param>
/// <param name="Histogram">How many numbers lie in each of at most twenty ranges; only the last range includes its
/// end.</param>
/// <param name="Variety">How much texts vary; only in a report.</param>
internal sealed record ColumnProfileResponse(
    string Name,
    string Type,
    int Filled,
    int Nulls,
    int Distinct,
    IReadOnlyList<ValueCountResponse> Top,
    RawJson? Min,
    RawJson? Max,
    double? Mean,
    double? Deviation,
    IReadOnlyList<double>? Quantiles,
    LengthsResponse? Lengths,
    IReadOnlyList<BinResponse>? Histogram,
    VarietyResponse? Variety
);
