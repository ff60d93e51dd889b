using DataGen.Tasks.Failures;
using DataGen.Tasks.Model;

namespace DataGen.Tasks.Budgets;

/// <summary>
/// Allows the calls of one task; its key is the task's id. What it allows is stored before anybody may make the calls, and
/// what a process had been allowed that died counts as made: the bound holds whatever dies.
/// </summary>
/// <remarks>The aliases are the names that Orleans gave to these calls while <see cref="Spent"/> was in another namespace:
/// processes of the version before know the calls by them.</remarks>
internal interface IBudgetGrain : IGrainWithStringKey
{
    /// <summary>Allows a shard calls.</summary>
    /// <param name="task">The task.</param>
    /// <param name="shard">The shard's number.</param>
    /// <param name="made">What the calls have cost that it has made of those it was allowed, since it said so last.</param>
    /// <param name="held">Calls it holds and has not made. Others that it was allowed have not reached it, and are
    /// forgotten.</param>
    /// <param name="wanted">How many more it would like.</param>
    /// <exception cref="StoreUnavailableException">The store did not confirm it; nothing is allowed.</exception>
    [Alias("02D93180")]
    Task<Allowance> AllowAsync(TaskDefinition task, int shard, Spent made, long held, long wanted);

    /// <summary>A shard makes none of the calls any more that it was allowed.</summary>
    /// <param name="task">The task.</param>
    /// <param name="shard">The shard's number.</param>
    /// <param name="made">What the calls have cost that it has made since it said so last; null: nobody knows, so all that
    /// were allowed, at the most that they can have cost.</param>
    /// <exception cref="StoreUnavailableException">The store did not confirm it.</exception>
    [Alias("DB4AE468")]
    Task ReturnAsync(TaskDefinition task, int shard, Spent? made);

    /// <summary>No shard is at work: whatever one still holds counts as made, at the most that it can have cost.</summary>
    /// <param name="task">The task.</param>
    /// <exception cref="StoreUnavailableException">The store did not confirm it.</exception>
    Task WriteOffAsync(TaskDefinition task);

    /// <summary>Sets other bounds from now on.</summary>
    /// <param name="task">The task.</param>
    /// <param name="budget">The bounds.</param>
    /// <param name="made">What the calls have cost that were made while there was no bound.</param>
    /// <exception cref="StoreUnavailableException">The store did not confirm it; the bound is as it was.</exception>
    [Alias("BCC97E73")]
    Task SetAsync(TaskDefinition task, NewBudget budget, Spent made);
}
