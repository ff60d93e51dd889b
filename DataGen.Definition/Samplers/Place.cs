namespace DataGen.Definition.Samplers;

/// <summary>A record's place in the order in which a sampler hands out its values.</summary>
/// <param name="Rank">From 0 to <paramref name="Count"/> - 1, each once: a permutation of the records.</param>
/// <param name="Count">Records that are drawn for.</param>
/// <param name="Chance">64 random bits of the sampler and the record.</param>
internal readonly record struct Place(long Rank, long Count, ulong Chance)
{
    private const double UnitsOfChance = 1UL << 53;

    /// <summary>From 0 up to but not 1.</summary>
    public double Fraction => (Chance >> 11) / UnitsOfChance;

    /// <summary>A number from 0 up to but not 1 that falls into each of <see cref="Count"/> equal parts once.</summary>
    public double Quantile => (Rank + Fraction) / Count;

    /// <summary>
    /// Which of <paramref name="values"/> equally frequent values: as often each as the numbers allow. Where there are
    /// more values than records, one of each record's own stretch of them.
    /// </summary>
    public long Of(long values)
    {
        var first = (long)((Int128)Rank * values / Count);
        var next = (long)((Int128)(Rank + 1) * values / Count);
        return next - first <= 1 ? first : first + (long)(Chance % (ulong)(next - first));
    }
}
