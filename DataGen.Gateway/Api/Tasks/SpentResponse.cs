namespace DataGen.Gateway.Api.Tasks;

/// <summary>What a task has cost.</summary>
/// <param name="Calls">Calls that ended, those that were refused unheard (no connection, 429, 502, 503) left out.</param>
/// <param name="Tokens">Tokens of those calls, of prompts and answers; where the inference server does not say, the most that
/// they can have been.</param>
/// <param name="Cost">What they cost at the prices of this installation; left out when it knows none.</param>
internal sealed record SpentResponse(long Calls, long Tokens, double? Cost = null);
