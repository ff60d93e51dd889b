using DataGen.Tasks.Model;

namespace DataGen.Tasks.Budgets;

/// <summary>The stored form of a task's budget: its bounds, the calls that were made, and those that are allowed and
/// not made yet.</summary>
/// <param name="Calls">The most calls; null: no bound.</param>
/// <param name="Tokens">The most tokens; null: no bound.</param>
/// <param name="Cost">The most money; null: no bound.</param>
/// <param name="Made">The cost of the calls that were made, or that a process which died may have made.</param>
/// <param name="Held">Calls that shards are allowed and have not made yet, by the shard's number.</param>
internal sealed record BudgetState(
    long? Calls,
    long? Tokens,
    decimal? Cost,
    Spent Made,
    IReadOnlyDictionary<int, long> Held
)
{
    /// <summary>The number of calls that can still be allowed, when each counts with the most that it can
    /// cost.</summary>
    /// <param name="most">The most that one call can cost.</param>
    /// <param name="prices">What tokens cost.</param>
    public long Left(in Spent most, Prices prices)
    {
        var committed = Made + most.Times(Held.Values.Sum());
        var left = (Calls ?? long.MaxValue) - committed.Calls;
        if (Tokens is { } tokens)
        {
            left = Math.Min(left, (tokens - committed.Input - committed.Output) / (most.Input + most.Output));
        }

        if (Cost is { } cost && prices.Of(most) is > 0 and var each)
        {
            left = (long)Math.Min(left, decimal.Floor((cost - prices.Of(committed)) / each));
        }

        return Math.Max(0, left);
    }

    /// <summary>The budget after a shard has made some of its calls and still holds others.</summary>
    public BudgetState WithMade(int shard, in Spent made, long held) =>
        this with
        {
            Made = Made + made,
            Held = With(shard, held),
        };

    /// <summary>The budget after a shard was allowed more calls.</summary>
    public BudgetState WithAllowed(int shard, long calls) => this with { Held = With(shard, Of(shard) + calls) };

    /// <summary>The budget when no shard holds calls any more: all that were held count as made.</summary>
    /// <param name="most">The most that one call can cost.</param>
    public BudgetState WithoutHeld(in Spent most) =>
        this with
        {
            Made = Made + most.Times(Held.Values.Sum()),
            Held = new Dictionary<int, long>(),
        };

    /// <summary>The calls that a shard holds.</summary>
    public long Of(int shard) => Held.GetValueOrDefault(shard);

    private Dictionary<int, long> With(int shard, long calls)
    {
        var held = new Dictionary<int, long>(Held);
        if (calls > 0)
        {
            held[shard] = calls;
        }
        else
        {
            held.Remove(shard);
        }

        return held;
    }
}
