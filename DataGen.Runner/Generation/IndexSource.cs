using DataGen.Contracts;

namespace DataGen.Runner.Generation;

/// <summary>Hands out the indices of ranges one by one, without ever listing them.</summary>
internal sealed class IndexSource(IReadOnlyList<IndexRange> ranges)
{
    private int range;
    private int offset;

    /// <summary>How many indices are left.</summary>
    public long Remaining { get; private set; } = ranges.Sum(range => range.Last - range.First + 1L);

    /// <summary>The next index, in order; false after the last.</summary>
    public bool TryTake(out int index)
    {
        if (Remaining == 0)
        {
            index = 0;
            return false;
        }

        var current = ranges[range];
        index = current.First + offset;
        Remaining--;
        (range, offset) = index == current.Last ? (range + 1, 0) : (range, offset + 1);
        return true;
    }
}
