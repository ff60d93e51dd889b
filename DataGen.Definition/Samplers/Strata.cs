namespace DataGen.Definition.Samplers;

/// <summary>The groups into which a sampler's values divide the records; each is as large as its weight says.</summary>
/// <param name="names">The values, as text.</param>
/// <param name="weights">Their weights.</param>
internal sealed class Strata(IReadOnlyList<string> names, IReadOnlyList<decimal> weights)
{
    // Kept, because a plan asks for the same number of records repeatedly.
    private volatile Shares? last;

    /// <summary>The values, as text.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>How many of a number of records get each value; the sum is that number.</summary>
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

    /// <summary>The record's group, its rank within the group, and the size of the group.</summary>
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
