using DataGen.Contracts;
using DataGen.Explorer.Datasets;
using Google.Protobuf;

namespace DataGen.Explorer.Queries;

/// <summary>Pages of the records of a view.</summary>
internal static class RowsQuery
{
    /// <summary>One page.</summary>
    public static RowsReply Page(DatasetSnapshot dataset, Question question, RecordView view, int offset, int limit)
    {
        var query = ViewQuery.Of(view, dataset.Columns);
        var reply = new RowsReply { Dataset = dataset.ToProto() };
        reply.Columns.AddRange(dataset.Columns.Select(column => column.ToProto()));
        if (query is { IsWhole: true, IsByIndex: true })
        {
            reply.Total = dataset.Present.Count;
            reply.Rows.AddRange(Read(dataset, question, PresentAt(dataset.Present, offset, limit)));
            return reply;
        }

        return question.Together(() =>
        {
            reply.Total = question.Row(
                $"SELECT count(*) FROM stored WHERE {query.Where}",
                query.Parameters,
                row => (int)row.GetInt64(0)
            );
            reply.Rows.AddRange(Read(dataset, question, Indices(question, query, $" LIMIT {limit} OFFSET {offset}")));
            return reply;
        });
    }

    /// <summary>The indices of all records of the view, in its order.</summary>
    public static int[] Indices(DatasetSnapshot dataset, Question question, RecordView view) =>
        [.. Indices(question, ViewQuery.Of(view, dataset.Columns), "")];

    /// <summary>Records by their indices, in the given order; an index whose record is gone is left out.</summary>
    public static IEnumerable<DataRow> Read(
        DatasetSnapshot dataset,
        Question question,
        IReadOnlyCollection<int> indices
    )
    {
        if (indices.Count == 0)
        {
            return [];
        }

        // The bounds let DuckDB skip whole ranges of the table.
        var sql =
            $"SELECT i, data FROM stored WHERE i BETWEEN {indices.Min()} AND {indices.Max()} AND i IN ({string.Join(',', indices)})";
        var found = question
            .Rows(
                sql,
                new Parameters(),
                row => new DataRow
                {
                    Index = row.GetInt32(0),
                    Data = ByteString.FromStream(row.GetStream(1)),
                    Curation = dataset.Curated.GetValueOrDefault(row.GetInt32(0)),
                }
            )
            .ToDictionary(row => row.Index);
        return indices.Where(found.ContainsKey).Select(index => found[index]);
    }

    private static int[] Indices(Question question, ViewQuery query, string page) =>
        [
            .. question.Rows(
                $"SELECT i FROM stored WHERE {query.Where} ORDER BY {query.OrderBy}{page}",
                query.Parameters,
                row => row.GetInt32(0)
            ),
        ];

    private static List<int> PresentAt(IndexBits present, int offset, int limit)
    {
        var indices = new List<int>();
        if (present.At(offset) is { } first)
        {
            for (var index = first; indices.Count < Math.Min(limit, present.Count - offset); index++)
            {
                if (present.Contains(index))
                {
                    indices.Add(index);
                }
            }
        }

        return indices;
    }
}
