namespace DataGen.Gateway.Api.Previews;

/// <summary>The estimated cost of a task: ranges that contain the real figures nineteen times in twenty, as long as the
/// server answers as it did for the preview.</summary>
/// <param name="Calls">Calls.</param>
/// <param name="Tokens">Tokens of prompts and answers together.</param>
/// <param name="Seconds">Seconds from the first call to the end, with one Runner that has no other task.</param>
/// <param name="Cost">Money at the operator's prices; left out when there are none.</param>
/// <param name="Plan">How often each value of each sampler is drawn, exactly.</param>
/// <param name="Capacity">The most records that can differ as <c>unique</c> demands; left out when this is unknown, or
/// at least as many as are asked for.</param>
internal sealed record EstimateResponse(
    RangeResponse Calls,
    RangeResponse Tokens,
    RangeResponse Seconds,
    RangeResponse? Cost,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> Plan,
    long? Capacity
);
