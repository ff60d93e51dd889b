namespace DataGen.Gateway.Api.Definitions;

/// <summary>What a definition comes to.</summary>
/// <param name="Errors">What cannot be taken; empty when all can.</param>
/// <param name="Plan">How often each value of each sampler is drawn; left out when it cannot be read.</param>
/// <param name="Capacity">The most records that can differ as <c>unique</c> wants it; left out: that is not known, or as many
/// as are asked for.</param>
/// <param name="Calls">The most calls that will be made; left out: there is no bound.</param>
internal sealed record DefinitionCheckResponse(
    IReadOnlyList<DefinitionErrorResponse> Errors,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>>? Plan = null,
    long? Capacity = null,
    long? Calls = null
);
