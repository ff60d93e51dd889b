using DataGen.Contracts;
using DataGen.Explorer.Datasets;

namespace DataGen.Explorer.Queries;

/// <summary>Finds which pairs of columns are associated: how often their values occur in one record.</summary>
internal static class CrossQuery
{
    private const int FewestValues = 2;
    private const int MostValues = 12;
    private const int MostColumns = 8;
    private const int MostTables = 3;

    /// <summary>The tables of the pairs with the strongest association.</summary>
    /// <param name="profiles">The profiles of the columns.</param>
    public static IEnumerable<CrossTable> Run(
        DatasetSnapshot dataset,
        IReadOnlyList<ColumnProfile> profiles,
        Question question,
        ViewQuery query
    )
    {
        DatasetColumn[] columns =
        [
            .. dataset
                .Columns.Zip(profiles)
                .Where(pair =>
                    pair.First.Type is not ColumnType.Json && pair.Second.Distinct is >= FewestValues and <= MostValues
                )
                .Select(pair => pair.First)
                .Take(MostColumns),
        ];
        return columns
            .SelectMany((down, at) => columns[(at + 1)..].Select(across => (down, across)))
            .Select(pair => Table(pair.down, pair.across, question, query))
            .Where(table => table.Association > 0)
            .OrderByDescending(table => table.Association)
            .Take(MostTables);
    }

    private static CrossTable Table(DatasetColumn down, DatasetColumn across, Question question, ViewQuery query)
    {
        var cells = question
            .Rows(
                $"SELECT {down.Field}, {across.Field}, count(*) FROM stored "
                    + $"WHERE {query.Where} AND {down.Field} IS NOT NULL AND {across.Field} IS NOT NULL GROUP BY 1, 2",
                query.Parameters,
                row =>
                    (
                        Down: ProfileQuery.Text(row.GetValue(0)),
                        Across: ProfileQuery.Text(row.GetValue(1)),
                        Count: (int)row.GetInt64(2)
                    )
            )
            .ToArray();
        var (downs, acrosses) = (Sums(cell => cell.Down), Sums(cell => cell.Across));
        var counts = cells.ToDictionary(cell => (cell.Down, cell.Across), cell => cell.Count);
        var table = new CrossTable { Down = down.Name, Across = across.Name };
        table.DownValues.AddRange(downs.Select(sum => sum.Value));
        table.AcrossValues.AddRange(acrosses.Select(sum => sum.Value));
        int[] rowByRow =
        [
            .. downs.SelectMany(row => acrosses.Select(column => counts.GetValueOrDefault((row.Value, column.Value)))),
        ];
        table.Counts.AddRange(rowByRow);
        table.Association = Association(downs, acrosses, rowByRow);
        return table;

        (string Value, int Count)[] Sums(Func<(string Down, string Across, int Count), string> value) =>
            [
                .. cells
                    .GroupBy(value, StringComparer.Ordinal)
                    .Select(group => (group.Key, Sum: group.Sum(cell => cell.Count)))
                    .OrderByDescending(sum => sum.Sum)
                    .ThenBy(sum => sum.Key, StringComparer.Ordinal),
            ];
    }

    // Cramér's V: chi-squared relative to its maximum, less what chance gives (Bergsma, 2013, J. Korean Stat. Soc. 42).
    private static double Association(
        (string Value, int Count)[] downs,
        (string Value, int Count)[] acrosses,
        int[] counts
    )
    {
        var total = (double)counts.Sum();
        if (downs.Length < FewestValues || acrosses.Length < FewestValues)
        {
            return 0;
        }

        var chiSquared = 0.0;
        for (var i = 0; i < counts.Length; i++)
        {
            var expected = downs[i / acrosses.Length].Count * (acrosses[i % acrosses.Length].Count / total);
            chiSquared += (counts[i] - expected) * (counts[i] - expected) / expected;
        }

        var (rows, columns) = (downs.Length - 1.0, acrosses.Length - 1.0);
        var surplus = Math.Max(0, (chiSquared / total) - (rows * columns / (total - 1)));
        var most = Math.Min(rows - (rows * rows / (total - 1)), columns - (columns * columns / (total - 1)));
        return most > 0 ? Math.Min(1, Math.Sqrt(surplus / most)) : 0;
    }
}
