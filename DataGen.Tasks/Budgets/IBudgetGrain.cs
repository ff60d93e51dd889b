using DataGen.Tasks.Failures;
using DataGen.Tasks.Model;

namespace DataGen.Tasks.Budgets;

/// <summary>
/// Allows the calls of one task; its key is the task's id. An allowance is stored before a call may be made under it,
/// and the whole allowance of a process that dies counts as used. So the bound holds whichever process dies.
/// </summary>
/// <remarks>The aliases are the names that Orleans gave to these methods while <see cref="Spent"/> was in another
/// namespace. Processes of the previous version call them by these names.</remarks>
internal interface IBudgetGrain : IGrainWithStringKey
{
    /// <summary>Allows more calls to a shard.</summary>
    /// <param name="task">The task.</param>
    /// <param name="shard">The shard's number.</param>
    /// <param name="made">The cost of the calls that the shard has made under its allowance since its last
    /// report.</param>
    /// <param name="held">Allowed calls that the shard has not made yet. Any others that were allowed never reached it;
    /// they are taken back.</param>
    /// <param name="wanted">How many more calls the shard asks for.</param>
    /// <exception cref="StoreUnavailableException">The store did not confirm it; no call is allowed.</exception>
    [Alias("02D93180")]
    Task<Allowance> AllowAsync(TaskDefinition task, int shard, Spent made, long held, long wanted);

    /// <summary>Ends a shard's allowance: the shard makes no more calls under it.</summary>
    /// <param name="task">The task.</param>
    /// <param name="shard">The shard's number.</param>
    /// <param name="made">The cost of the calls that the shard has made since its last report. Null: unknown, so every
    /// allowed call counts as made, at the highest cost that it can have had.</param>
    /// <exception cref="StoreUnavailableException">The store did not confirm it.</exception>
    [Alias("DB4AE468")]
    Task ReturnAsync(TaskDefinition task, int shard, Spent? made);

    /// <summary>Ends every allowance when no shard is at work. Every call that is still allowed counts as made, at the
    /// highest cost that it can have had.</summary>
    /// <param name="task">The task.</param>
    /// <exception cref="StoreUnavailableException">The store did not confirm it.</exception>
    Task WriteOffAsync(TaskDefinition task);

    /// <summary>Changes the bounds from now on.</summary>
    /// <param name="task">The task.</param>
    /// <param name="budget">The bounds.</param>
    /// <param name="made">The cost of the calls that were made while the task had no bound.</param>
    /// <exception cref="StoreUnavailableException">The store did not confirm it; the bounds stay as they
    /// were.</exception>
    [Alias("BCC97E73")]
    Task SetAsync(TaskDefinition task, NewBudget budget, Spent made);
}
