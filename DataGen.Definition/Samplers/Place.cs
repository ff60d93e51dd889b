namespace DataGen.Definition.Samplers;

/// <summary>A record's place in the order in which a sampler assigns its values.</summary>
/// <param name="Rank">A number from 0 to <paramref name="Count"/> - 1 that no other record has: a permutation of the
/// records.</param>
/// <param name="Count">The number of records that values are drawn for.</param>
/// <param name="Chance">64 random bits of the sampler and the record.</param>
internal readonly record struct Place(long Rank, long Count, ulong Chance)
{
    private const double UnitsOfChance = 1UL << 53;

    /// <summary>A number from 0 up to, but not including, 1.</summary>
    public double Fraction => (Chance >> 11) / UnitsOfChance;

    /// <summary>A number from 0 up to, but not including, 1. Each of <see cref="Count"/> equal parts of this range has
    /// one of them.</summary>
    public double Quantile => (Rank + Fraction) / Count;

    /// <summary>
    /// Which of <paramref name="values"/> equally frequent values the record gets, each as often as the numbers allow.
    /// Where there are more values than records, each record gets one from its own part of them.
    /// </summary>
    public long Of(long values)
    {
        var first = (long)((Int128)Rank * values / Count);
        var next = (long)((Int128)(Rank + 1) * values / Count);
        return next - first <= 1 ? first : first + (long)(Chance % (ulong)(next - first));
    }
}
