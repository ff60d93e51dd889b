namespace DataGen.Gateway.Api.Definitions;

/// <summary>The result of checking a definition.</summary>
/// <param name="Errors">The mistakes; empty when there are none.</param>
/// <param name="Plan">How often each value of each sampler is drawn; left out when the definition cannot be
/// read.</param>
/// <param name="Capacity">The most records that can differ as <c>unique</c> demands; left out when this is unknown, or
/// at least as many as are asked for.</param>
/// <param name="Calls">The most calls that will be made; left out when there is no bound.</param>
internal sealed record DefinitionCheckResponse(
    IReadOnlyList<DefinitionErrorResponse> Errors,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>>? Plan = null,
    long? Capacity = null,
    long? Calls = null
);
