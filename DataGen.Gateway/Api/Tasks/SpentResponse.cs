namespace DataGen.Gateway.Api.Tasks;

/// <summary>What a task has cost.</summary>
/// <param name="Calls">Calls that ended, those that were refused unheard (no connection, 429, 502, 503) left out.</param>
/// <param name="Tokens">Tokens of the stored records, all attempts included, as far as the server reported them.</param>
internal sealed record SpentResponse(long Calls, long Tokens);
