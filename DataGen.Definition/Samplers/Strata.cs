namespace DataGen.Definition.Samplers;

/// <summary>The groups that a sampler's values divide the records into, each as large as its weight says.</summary>
/// <param name="names">The values, as text.</param>
/// <param name="weights">Their weights.</param>
internal sealed class Strata(IReadOnlyList<string> names, IReadOnlyList<decimal> weights)
{
    // A plan asks for the same number of records again and again.
    private volatile Shares? last;

    /// <summary>The values, as text.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>How many of so many records get each value; they add up.</summary>
    public IReadOnlyList<long> Sizes(long count)
    {
        if (last is { } known && known.Count == count)
        {
            return known.Sizes;
        }

        var shares = new Shares(count, LargestRemainder.Share(count, weights));
        last = shares;
        return shares.Sizes;
    }

    /// <summary>Which group a record is in, its rank among those in it, and how many they are.</summary>
    public (int Number, long Rank, long Count) Of(in Place place)
    {
        var rank = place.Rank;
        var sizes = Sizes(place.Count);
        for (var number = 0; number < sizes.Count; number++)
        {
            if (rank < sizes[number])
            {
                return (number, rank, sizes[number]);
            }

            rank -= sizes[number];
        }

        throw new InvalidOperationException($"Rank {place.Rank} is not below {place.Count}.");
    }

    private sealed record Shares(long Count, long[] Sizes);
}
