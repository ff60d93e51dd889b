namespace DataGen.Gateway.Api.Tasks;

/// <summary>The bounds of a task's cost. As a body: the bounds from now on; Tasks validates the values.</summary>
/// <param name="Calls">The most calls in all, including those already made; left out: as it was.</param>
/// <param name="Tokens">The most tokens in all; left out: as it was.</param>
/// <param name="Cost">The most money in all; left out: as it was.</param>
/// <param name="Until">The time from which no call is made; left out: as it was.</param>
internal sealed record TaskBudget(
    long? Calls = null,
    long? Tokens = null,
    double? Cost = null,
    DateTimeOffset? Until = null
);
