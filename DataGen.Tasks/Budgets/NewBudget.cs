namespace DataGen.Tasks.Budgets;

/// <summary>New bounds for a task. A bound that is null stays as it was.</summary>
/// <param name="Calls">The most calls, in all.</param>
/// <param name="Tokens">The most tokens, in all.</param>
/// <param name="Cost">The most money, in all.</param>
/// <param name="Until">The moment from which no call is made.</param>
[GenerateSerializer, Immutable]
internal sealed record NewBudget(
    [property: Id(0)] long? Calls,
    [property: Id(1)] long? Tokens,
    [property: Id(2)] decimal? Cost,
    [property: Id(3)] DateTimeOffset? Until
)
{
    /// <summary>Whether it bounds the cost of calls, and not only the time in which they are made.</summary>
    public bool BoundsCalls => Calls is not null || Tokens is not null || Cost is not null;
}
