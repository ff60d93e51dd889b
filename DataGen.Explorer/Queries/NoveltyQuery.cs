using DataGen.Contracts;

namespace DataGen.Explorer.Queries;

/// <summary>How many records are new, along a dataset: a model that runs out of ideas shows here.</summary>
internal static class NoveltyQuery
{
    private const int MostStretches = 20;

    /// <summary>Counts stretch by stretch, each of as many indexes.</summary>
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

    /// <summary>A round number of indexes, of which there are at most twenty stretches: 10, 20, 50, 100, 200 …</summary>
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
