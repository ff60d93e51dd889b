using DataGen.Contracts;

namespace DataGen.Explorer.Queries;

/// <summary>Counts how many records are new along a dataset, which shows when a model runs out of ideas.</summary>
internal static class NoveltyQuery
{
    private const int MostStretches = 20;

    /// <summary>Counts in ranges of equally many indexes.</summary>
    public static IEnumerable<NoveltyStretch> Run(int count, Question question, ViewQuery query)
    {
        var length = LengthOf(count);
        return question.Rows(
            $"WITH first AS (SELECT min(i) i FROM stored WHERE {query.Where} GROUP BY hash(data)) "
                + $"SELECT (i // {length} * {length})::INTEGER, count(*), count(*) FILTER (WHERE i IN (SELECT i FROM first)) "
                + $"FROM stored WHERE {query.Where} GROUP BY 1 ORDER BY 1",
            query.Parameters,
            row => new NoveltyStretch
            {
                From = row.GetInt32(0),
                Records = (int)row.GetInt64(1),
                Fresh = (int)row.GetInt64(2),
            }
        );
    }

    /// <summary>A round length, 10, 20, 50, 100, 200 …, that gives at most twenty ranges.</summary>
    private static int LengthOf(int count)
    {
        var length = 10;
        for (var step = 0; (long)length * MostStretches < count; step++)
        {
            length = step % 3 == 1 ? length / 2 * 5 : length * 2;
        }

        return length;
    }
}
