namespace DataGen.Gateway.Api.Tasks;

/// <summary>A record being worked on.</summary>
/// <param name="Index">Its index in the task.</param>
/// <param name="Attempt">Which attempt this is, from 1.</param>
/// <param name="State"><c>calling</c>, <c>retrying</c> (the next attempt waits for its turn) or <c>storing</c>.</param>
/// <param name="StartedAt">When the attempt or wait began (UTC).</param>
internal sealed record InFlightResponse(int Index, int Attempt, string State, DateTime? StartedAt = null);
