namespace DataGen.Gateway.Api.Tasks;

/// <summary>What a task may cost. As a body: from now on; Tasks validates the values.</summary>
/// <param name="Calls">The most calls in all, those that were made included; left out: as it was.</param>
/// <param name="Tokens">The most tokens in all; left out: as it was.</param>
/// <param name="Cost">The most money in all; left out: as it was.</param>
/// <param name="Until">When no call is made any more; left out: as it was.</param>
internal sealed record TaskBudget(
    long? Calls = null,
    long? Tokens = null,
    double? Cost = null,
    DateTimeOffset? Until = null
);
