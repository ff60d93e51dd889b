using System.Globalization;
using System.Runtime.InteropServices;

namespace DataGen.Tasks.Model;

/// <summary>
/// A set of record indices, kept as ordered ranges that neither overlap nor touch: its size grows with the number of
/// gaps, not with the number of records. Not safe for concurrent use.
/// </summary>
internal sealed class IndexRanges
{
    private readonly List<IndexRange> ranges = [];

    /// <summary>How many indices are in the set.</summary>
    public int Count { get; private set; }

    /// <summary>Reads the stored form, for example <c>0-17,19,23-40</c>.</summary>
    /// <exception cref="FormatException">The text is not of that form.</exception>
    public static IndexRanges Parse(string? text)
    {
        var result = new IndexRanges();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var dash = part.IndexOf('-', StringComparison.Ordinal);
            var first = int.Parse(
                dash < 0 ? part : part.AsSpan(0, dash),
                NumberStyles.None,
                CultureInfo.InvariantCulture
            );
            var last =
                dash < 0 ? first : int.Parse(part.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture);
            if (last < first || (result.ranges is [.., var before] && first <= before.Last))
            {
                throw new FormatException($"'{part}' is out of order in a set of index ranges.");
            }

            result.ranges.Add(new IndexRange(first, last));
            result.Count += last - first + 1;
        }

        return result;
    }

    /// <summary>Adds an index; false when it was there.</summary>
    public bool Add(int index)
    {
        var at = Position(index);
        if (at >= 0)
        {
            return false;
        }

        at = ~at;
        var joinsBefore = at > 0 && ranges[at - 1].Last == index - 1;
        var joinsAfter = at < ranges.Count && ranges[at].First == index + 1;
        switch (joinsBefore, joinsAfter)
        {
            case (true, true):
                ranges[at - 1] = ranges[at - 1] with { Last = ranges[at].Last };
                ranges.RemoveAt(at);
                break;
            case (true, false):
                ranges[at - 1] = ranges[at - 1] with { Last = index };
                break;
            case (false, true):
                ranges[at] = ranges[at] with { First = index };
                break;
            default:
                ranges.Insert(at, new IndexRange(index, index));
                break;
        }

        Count++;
        return true;
    }

    /// <summary>Removes an index; false when it was not there.</summary>
    public bool Remove(int index)
    {
        var at = Position(index);
        if (at < 0)
        {
            return false;
        }

        var range = ranges[at];
        ranges.RemoveAt(at);
        if (index < range.Last)
        {
            ranges.Insert(at, range with { First = index + 1 });
        }

        if (index > range.First)
        {
            ranges.Insert(at, range with { Last = index - 1 });
        }

        Count--;
        return true;
    }

    /// <summary>Whether the index is in the set.</summary>
    public bool Contains(int index) => Position(index) >= 0;

    /// <summary>Empties the set.</summary>
    public void Clear()
    {
        ranges.Clear();
        Count = 0;
    }

    /// <summary>A copy of the ranges, in order.</summary>
    public IndexRange[] Snapshot() => [.. ranges];

    /// <summary>The ranges of the set inside another range.</summary>
    public IEnumerable<IndexRange> Within(IndexRange whole) =>
        ranges
            .Where(range => range.First <= whole.Last && range.Last >= whole.First)
            .Select(range => new IndexRange(Math.Max(range.First, whole.First), Math.Min(range.Last, whole.Last)));

    /// <summary>The indices of a range that are in none of the sets, as ranges in order. The sets share no index and
    /// hold none outside of the range.</summary>
    public static IReadOnlyList<IndexRange> MissingFrom(IndexRange whole, params ReadOnlySpan<IndexRanges> sets)
    {
        var taken = new List<IndexRange>();
        foreach (var set in sets)
        {
            taken.AddRange(set.ranges);
        }

        taken.Sort((left, right) => left.First.CompareTo(right.First));
        var missing = new List<IndexRange>();
        var next = whole.First;
        foreach (var range in taken)
        {
            if (range.First > next)
            {
                missing.Add(new IndexRange(next, range.First - 1));
            }

            next = Math.Max(next, range.Last + 1);
        }

        if (next <= whole.Last)
        {
            missing.Add(new IndexRange(next, whole.Last));
        }

        return missing;
    }

    /// <summary>The stored form, for example <c>0-17,19,23-40</c>.</summary>
    public override string ToString() => Text(ranges);

    /// <summary>The stored form of a snapshot of a set.</summary>
    public static string Text(IEnumerable<IndexRange> snapshot) =>
        string.Join(
            ',',
            snapshot.Select(range => range.First == range.Last ? $"{range.First}" : $"{range.First}-{range.Last}")
        );

    /// <summary>Whether an index is in a snapshot of a set.</summary>
    public static bool Contains(ReadOnlySpan<IndexRange> snapshot, int index) => Position(snapshot, index) >= 0;

    private int Position(int index) => Position(CollectionsMarshal.AsSpan(ranges), index);

    // The position of the range that holds the index, else the complement of where it would go.
    private static int Position(ReadOnlySpan<IndexRange> span, int index)
    {
        int low = 0,
            high = span.Length - 1;
        while (low <= high)
        {
            var middle = (int)(((uint)low + (uint)high) >> 1);
            if (span[middle].Last < index)
            {
                low = middle + 1;
            }
            else if (span[middle].First > index)
            {
                high = middle - 1;
            }
            else
            {
                return middle;
            }
        }

        return ~low;
    }
}
