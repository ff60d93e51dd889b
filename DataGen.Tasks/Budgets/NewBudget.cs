namespace DataGen.Tasks.Budgets;

/// <summary>Bounds that take the place of those a task has; null leaves one as it is.</summary>
/// <param name="Calls">The most calls, in all.</param>
/// <param name="Tokens">The most tokens, in all.</param>
/// <param name="Cost">The most money, in all.</param>
/// <param name="Until">When no call is made any more.</param>
[GenerateSerializer, Immutable]
internal sealed record NewBudget(
    [property: Id(0)] long? Calls,
    [property: Id(1)] long? Tokens,
    [property: Id(2)] decimal? Cost,
    [property: Id(3)] DateTimeOffset? Until
)
{
    /// <summary>Whether it bounds what calls cost, rather than when they are made.</summary>
    public bool BoundsCalls => Calls is not null || Tokens is not null || Cost is not null;
}
