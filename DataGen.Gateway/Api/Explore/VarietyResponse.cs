namespace DataGen.Gateway.Api.Explore;

/// <summary>How much the texts of a column vary, judged by at most 1,000 of them (arXiv 2403.00553).</summary>
/// <param name="Sampled">The texts that were looked at.</param>
/// <param name="CompressionRatio">Bytes of the texts, to bytes of them under gzip: the larger, the more they are alike.</param>
/// <param name="Distinct1">Different words to all words.</param>
/// <param name="Distinct2">Different pairs of words to all pairs.</param>
/// <param name="Repeated4">The share of runs of four words that stand in another text too.</param>
internal sealed record VarietyResponse(
    int Sampled,
    double CompressionRatio,
    double Distinct1,
    double Distinct2,
    double Repeated4
);
