namespace DataGen.Gateway.Api.Definitions;

/// <summary>What a definition comes to.</summary>
/// <param name="Errors">What cannot be taken; empty when all can.</param>
/// <param name="Plan">How often each value of each sampler is drawn; left out when there are errors.</param>
internal sealed record DefinitionCheckResponse(
    IReadOnlyList<DefinitionErrorResponse> Errors,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>>? Plan = null
);
