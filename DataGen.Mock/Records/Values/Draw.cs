namespace DataGen.Mock.Records.Values;

/// <summary>A sequence of random draws that depends on its seed only.</summary>
internal sealed class Draw(ulong seed)
{
    private ulong state = seed;

    /// <summary>A whole number, both bounds included.</summary>
    public long Whole(long from, long to) => to <= from ? from : from + (long)(Next() % ((ulong)(to - from) + 1));

    /// <summary>From 0 to just below 1.</summary>
    public double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

    public double Real(double from, double to) => to <= from ? from : from + (Share() * (to - from));

    public bool Chance(double share) => Share() < share;

    public T Pick<T>(IReadOnlyList<T> from) => from[(int)Whole(0, from.Count - 1)];

    /// <summary>Some different ones, in the order they are listed.</summary>
    public List<T> Some<T>(IReadOnlyList<T> from, int count)
    {
        var left = Math.Min(count, from.Count);
        var picked = new List<T>(left);
        for (var i = 0; i < from.Count && left > 0; i++)
        {
            if (Share() * (from.Count - i) >= left)
            {
                continue;
            }

            picked.Add(from[i]);
            left--;
        }

        return picked;
    }

    /// <summary>A digit for each <c>#</c>, a capital letter for each <c>?</c>.</summary>
    public string Fill(string pattern) =>
        string.Create(
            pattern.Length,
            (pattern, this),
            static (text, state) =>
            {
                for (var i = 0; i < text.Length; i++)
                {
                    text[i] = state.pattern[i] switch
                    {
                        '#' => (char)('0' + state.Item2.Whole(0, 9)),
                        '?' => (char)('A' + state.Item2.Whole(0, 25)),
                        var other => other,
                    };
                }
            }
        );

    /// <summary>SplitMix64.</summary>
    private ulong Next()
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
