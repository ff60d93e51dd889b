namespace DataGen.Tasks.Model;

/// <summary>How many records have ended in each range (cell) of a task's indices. It shows a large task in bounded
/// size.</summary>
/// <param name="Size">Records per cell.</param>
/// <param name="Good">Good records of each cell.</param>
/// <param name="Failed">Failed records of each cell.</param>
[GenerateSerializer, Immutable]
internal sealed record CellCounts(
    [property: Id(0)] int Size,
    [property: Id(1)] int[] Good,
    [property: Id(2)] int[] Failed
)
{
    /// <summary>The largest task that is shown record by record; larger ones are shown by cells.</summary>
    public const int LargestTaskWithout = 2000;

    private const int MostCells = 1000;

    /// <summary>Records per cell of a task of so many records; 0 when it is shown record by record.</summary>
    public static int SizeFor(int count) => count <= LargestTaskWithout ? 0 : (count + MostCells - 1) / MostCells;

    /// <summary>Cells of a task of so many records, all empty.</summary>
    public static CellCounts Empty(int count)
    {
        var size = SizeFor(count);
        var cells = (count + size - 1) / size;
        return new CellCounts(size, new int[cells], new int[cells]);
    }

    /// <summary>Counts the records of a set of ranges.</summary>
    public void Add(IEnumerable<IndexRange> ranges, bool good)
    {
        var counts = good ? Good : Failed;
        foreach (var range in ranges)
        {
            for (var cell = range.First / Size; cell <= range.Last / Size; cell++)
            {
                counts[cell] += Math.Min(range.Last, ((cell + 1) * Size) - 1) - Math.Max(range.First, cell * Size) + 1;
            }
        }
    }
}
