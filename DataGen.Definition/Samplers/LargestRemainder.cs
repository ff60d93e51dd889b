namespace DataGen.Definition.Samplers;

/// <summary>Shares whole things out by weight (Hamilton's method): each share gets its whole part, and the shares with
/// the largest remainders get one more. 1,000 by 70/20/10 is 700/200/100; 1,000 by 1/1/1 is 334/333/333.</summary>
internal static class LargestRemainder
{
    /// <param name="count">Things to share out.</param>
    /// <param name="weights">Positive weights.</param>
    /// <returns>One number per weight; their sum is <paramref name="count"/>. Between equal remainders the first gets
    /// more.</returns>
    public static long[] Share(long count, IReadOnlyList<decimal> weights)
    {
        var sum = weights.Sum();
        var shares = weights.Select(weight => count * (weight / sum)).ToArray();
        var result = shares.Select(share => (long)Math.Floor(share)).ToArray();
        var most = Enumerable
            .Range(0, weights.Count)
            .OrderByDescending(number => shares[number] - result[number])
            .ThenBy(number => number)
            .Take((int)(count - result.Sum()));
        foreach (var number in most)
        {
            result[number]++;
        }

        return result;
    }
}
