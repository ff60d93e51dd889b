namespace DataGen.Gateway.Api.Explore;

/// <summary>How much the texts of a column vary, measured on at most 1,000 of them (arXiv 2403.00553).</summary>
/// <param name="Sampled">The number of texts that were measured.</param>
/// <param name="CompressionRatio">The size of the texts divided by their size under gzip: the larger, the more they are
/// alike.</param>
/// <param name="Distinct1">The number of different words divided by the number of words.</param>
/// <param name="Distinct2">The number of different pairs of words divided by the number of pairs.</param>
/// <param name="Repeated4">The share of runs of four words that occur in another text too.</param>
internal sealed record VarietyResponse(
    int Sampled,
    double CompressionRatio,
    double Distinct1,
    double Distinct2,
    double Repeated4
);
