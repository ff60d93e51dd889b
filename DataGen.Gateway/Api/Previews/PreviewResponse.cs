namespace DataGen.Gateway.Api.Previews;

/// <summary>A few records, and an estimate of the cost of all.</summary>
/// <param name="Records">The records in index order.</param>
/// <param name="Estimate">What the whole task would cost; left out when no record is good.</param>
/// <param name="ResponseFormat">The response format that the inference server is asked for: json_schema_strict,
/// json_schema, json_object or none.</param>
internal sealed record PreviewResponse(
    IReadOnlyList<PreviewedResponse> Records,
    EstimateResponse? Estimate = null,
    string? ResponseFormat = null
);
