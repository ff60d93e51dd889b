using DataGen.Runner.V1;

namespace DataGen.Runner.Generation;

/// <summary>Hands out the indices of ranges one by one, without ever listing them.</summary>
internal sealed class IndexSource(IReadOnlyList<IndexRange> ranges)
{
    private int range;
    private int offset;

    /// <summary>Whether the last index has been taken.</summary>
    public bool IsEmpty => range == ranges.Count;

    /// <summary>The next index, in order; false after the last.</summary>
    public bool TryTake(out int index)
    {
        if (IsEmpty)
        {
            index = 0;
            return false;
        }

        var current = ranges[range];
        index = current.First + offset;
        (range, offset) = index == current.Last ? (range + 1, 0) : (range, offset + 1);
        return true;
    }
}
