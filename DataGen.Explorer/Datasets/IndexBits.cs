using System.Numerics;
using DataGen.Contracts;

namespace DataGen.Explorer.Datasets;

/// <summary>A set of record indices, a bit each. Not safe for concurrent use.</summary>
internal sealed class IndexBits
{
    private ulong[] words = [];

    /// <summary>How many indices are in the set.</summary>
    public int Count { get; private set; }

    public bool Contains(int index) => index >> 6 < words.Length && (words[index >> 6] >> (index & 63) & 1) != 0;

    public void Add(int index)
    {
        if (index >> 6 >= words.Length)
        {
            Array.Resize(ref words, Math.Max(2 * words.Length, (index >> 6) + 1));
        }

        Count += Contains(index) ? 0 : 1;
        words[index >> 6] |= 1UL << (index & 63);
    }

    public void Remove(int index)
    {
        if (Contains(index))
        {
            Count--;
            words[index >> 6] &= ~(1UL << (index & 63));
        }
    }

    /// <summary>The indices from <paramref name="first"/> to <paramref name="last"/> that are in none of the
    /// ranges.</summary>
    public IEnumerable<int> Outside(IEnumerable<IndexRange> ranges, int first, int last)
    {
        var next = first;
        foreach (var range in ranges.Append(new IndexRange { First = last + 1, Last = last + 1 }))
        {
            for (; next < Math.Min(range.First, last + 1); next++)
            {
                if (Contains(next))
                {
                    yield return next;
                }
            }

            next = Math.Max(next, range.Last + 1);
        }
    }

    /// <summary>How many indices from <paramref name="first"/> to <paramref name="last"/> are in the set.</summary>
    public int CountWithin(int first, int last)
    {
        var count = 0;
        for (var word = first >> 6; word <= Math.Min(last >> 6, words.Length - 1); word++)
        {
            var bits = words[word];
            bits &= word == first >> 6 ? ulong.MaxValue << (first & 63) : ulong.MaxValue;
            bits &= word == last >> 6 ? ulong.MaxValue >> (63 - (last & 63)) : ulong.MaxValue;
            count += BitOperations.PopCount(bits);
        }

        return count;
    }

    /// <summary>The index at a position in ascending order; null when there are not that many.</summary>
    public int? At(int position)
    {
        for (var word = 0; word < words.Length; word++)
        {
            var here = BitOperations.PopCount(words[word]);
            if (position >= here)
            {
                position -= here;
                continue;
            }

            var bits = words[word];
            for (; position > 0; position--)
            {
                bits &= bits - 1;
            }

            return (word << 6) + BitOperations.TrailingZeroCount(bits);
        }

        return null;
    }

    /// <summary>A copy, for others to read.</summary>
    public IndexBits Copy() => new() { words = [.. words], Count = Count };

    /// <summary>The indices, lowest first.</summary>
    public IEnumerable<int> All()
    {
        for (var index = 0; index < words.Length << 6; index++)
        {
            if (Contains(index))
            {
                yield return index;
            }
        }
    }
}
