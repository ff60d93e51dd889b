namespace DataGen.Gateway.Api.Tasks;

/// <summary>The cost of a task so far.</summary>
/// <param name="Calls">Calls that ended, except those that the server refused without working on them (no connection,
/// 429, 502, 503).</param>
/// <param name="Tokens">Tokens of those calls, of prompts and answers; where the inference server reports none, the
/// most that they can have been.</param>
/// <param name="Cost">The cost of those tokens at the prices of this installation; left out when it has none.</param>
internal sealed record SpentResponse(long Calls, long Tokens, double? Cost = null);
