using DataGen.Contracts;
using DataGen.Explorer.Datasets;

namespace DataGen.Explorer.Queries;

/// <summary>A view of a dataset in SQL: which records, and in which order.</summary>
internal sealed class ViewQuery
{
    private const int MostConditions = 50;

    private ViewQuery(Parameters parameters, string where, string orderBy) =>
        (Parameters, Where, OrderBy) = (parameters, where, orderBy);

    /// <summary>The values for the placeholders in <see cref="Where"/> and <see cref="OrderBy"/>.</summary>
    public Parameters Parameters { get; }

    /// <summary>The condition, true where there is none.</summary>
    public string Where { get; }

    /// <summary>The order, in which no two records are equal.</summary>
    public string OrderBy { get; }

    /// <summary>Whether the view shows every record.</summary>
    public bool IsWhole => Where == "true";

    /// <summary>Whether the view is in the order of the index.</summary>
    public bool IsByIndex => OrderBy == "i";

    /// <summary>Reads a view.</summary>
    /// <exception cref="Grpc.Core.RpcException">The view names a column that does not exist.</exception>
    public static ViewQuery Of(RecordView view, IReadOnlyList<DatasetColumn> columns)
    {
        if (view.Filter.Count > MostConditions || view.Sort.Count > MostConditions)
        {
            throw CallFailures.Invalid(
                (view.Filter.Count > MostConditions ? "filter" : "sort", $"At most {MostConditions} of them.")
            );
        }

        var parameters = new Parameters();
        DatasetColumn[] named = [.. columns, RecordTable.Index];
        var conditions = view.Filter.Select(filter => Comparison.Parse(filter, named).ToSql(parameters)).ToList();
        if (view.Text.Length > 0)
        {
            conditions.Add(Containing(view.Text, columns, parameters));
        }

        var order = view.Sort.Select(sort => Order(sort, named)).Append("i").Distinct();
        return new ViewQuery(
            parameters,
            conditions.Count == 0 ? "true" : string.Join(" AND ", conditions),
            string.Join(", ", order)
        );
    }

    private static string Containing(string text, IReadOnlyList<DatasetColumn> columns, Parameters parameters)
    {
        if (text.Length > TaskLimits.LongestFilterText)
        {
            throw CallFailures.Invalid(("q", $"At most {TaskLimits.LongestFilterText} characters."));
        }

        var sought = parameters.Add(text);
        var found = columns.Select(column => $"contains(lower({column.Field}::VARCHAR), lower({sought}))");
        return columns.Count == 0 ? $"{sought} = ''" : $"({string.Join(" OR ", found)})";
    }

    private static string Order(string sort, IReadOnlyList<DatasetColumn> columns)
    {
        if (Find(sort) is { } ascending)
        {
            return Keys(ascending, "");
        }

        return sort.StartsWith('-') && Find(sort[1..]) is { } descending
            ? Keys(descending, " DESC")
            : throw CallFailures.Invalid(("sort", $"There is no column '{sort.TrimStart('-')}'."));

        DatasetColumn? Find(string name) => columns.FirstOrDefault(column => column.Name == name);

        // In a column of mixed values the numbers come first, compared as numbers.
        static string Keys(DatasetColumn column, string direction) =>
            column.Type is ColumnType.Json
                ? $"TRY_CAST({column.Field} ->> '$' AS DOUBLE){direction} NULLS LAST, {column.Field}{direction} NULLS LAST"
                : $"{column.Field}{direction} NULLS LAST";
    }
}
