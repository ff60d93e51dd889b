namespace DataGen.Gateway.Api.Previews;

/// <summary>A few records, and what all of them would cost.</summary>
/// <param name="Records">In index order.</param>
/// <param name="Estimate">What the whole task would cost; left out when no record is good.</param>
/// <param name="ResponseFormat">What the inference server is asked to answer with: json_schema_strict,
/// json_schema, json_object or none.</param>
internal sealed record PreviewResponse(
    IReadOnlyList<PreviewedResponse> Records,
    EstimateResponse? Estimate = null,
    string? ResponseFormat = null
);
