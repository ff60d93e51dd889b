using DataGen.Tasks.Model;

namespace DataGen.Tasks.Budgets;

/// <summary>The stored form of a task's budget: its bounds, what was made, and what is allowed and not made yet.</summary>
/// <param name="Calls">The most calls; null: there is no bound of them.</param>
/// <param name="Tokens">The most tokens; null: there is no bound of them.</param>
/// <param name="Cost">The most money; null: there is no bound of it.</param>
/// <param name="Made">What calls have cost that were made, or may have been by a process that died.</param>
/// <param name="Held">Calls that shards are allowed and have not made yet, by the shard's number.</param>
internal sealed record BudgetState(
    long? Calls,
    long? Tokens,
    decimal? Cost,
    Spent Made,
    IReadOnlyDictionary<int, long> Held
)
{
    /// <summary>Calls that nobody is allowed yet, when each may cost what a call can cost at most.</summary>
    /// <param name="most">That.</param>
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

    /// <summary>A shard has made some of its calls, and holds others still.</summary>
    public BudgetState WithMade(int shard, in Spent made, long held) =>
        this with
        {
            Made = Made + made,
            Held = With(shard, held),
        };

    /// <summary>A shard is allowed more.</summary>
    public BudgetState WithAllowed(int shard, long calls) => this with { Held = With(shard, Of(shard) + calls) };

    /// <summary>No shard holds any more, and all that they held were made.</summary>
    /// <param name="most">What a call can cost at most.</param>
    public BudgetState WithoutHeld(in Spent most) =>
        this with
        {
            Made = Made + most.Times(Held.Values.Sum()),
            Held = new Dictionary<int, long>(),
        };

    /// <summary>What a shard holds.</summary>
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
