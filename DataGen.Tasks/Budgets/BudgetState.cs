namespace DataGen.Tasks.Budgets;

/// <summary>The stored form of a task's budget. What may have been made by now is the sum of both numbers.</summary>
/// <param name="Calls">The most calls.</param>
/// <param name="Made">Calls that were made, or may have been by a process that died.</param>
/// <param name="Held">Calls that shards are allowed and have not made yet, by the shard's number.</param>
internal sealed record BudgetState(long Calls, long Made, IReadOnlyDictionary<int, long> Held)
{
    /// <summary>Calls that nobody is allowed yet.</summary>
    public long Left => Math.Max(0, Calls - Made - Held.Values.Sum());

    /// <summary>A shard has made some of its calls.</summary>
    public BudgetState WithMade(int shard, long made) =>
        this with
        {
            Made = Made + made,
            Held = With(shard, Math.Max(0, Of(shard) - made)),
        };

    /// <summary>A shard is allowed more.</summary>
    public BudgetState WithAllowed(int shard, long calls) => this with { Held = With(shard, Of(shard) + calls) };

    /// <summary>A shard holds none any more.</summary>
    public BudgetState WithReturned(int shard) => this with { Held = With(shard, 0) };

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
