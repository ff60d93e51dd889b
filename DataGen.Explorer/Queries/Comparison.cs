using System.Buffers;
using System.Globalization;
using DataGen.Contracts;
using DataGen.Explorer.Datasets;

namespace DataGen.Explorer.Queries;

/// <summary>A condition on one column, for example <c>age&gt;=40</c>, <c>genre=Crime</c>, <c>note~refund</c>,
/// <c>email is:null</c> or <c>address.city=Rome</c>.</summary>
/// <param name="Column">The column.</param>
/// <param name="Path">The path of members within the column, from the outermost; empty: the column itself.</param>
/// <param name="Operator">One of <see cref="Operators"/>.</param>
/// <param name="Value">The value to compare with; empty for <c>is:null</c> and <c>not:null</c>.</param>
internal sealed record Comparison(DatasetColumn Column, IReadOnlyList<string> Path, string Operator, string Value)
{
    private const string Contains = "~";

    // A double keeps this many digits exactly.
    private const int ExactDigits = 15;
    private const string IsNull = "is:null";
    private const string NotNull = "not:null";

    // A longer operator stands before the one that it begins with.
    private static readonly string[] Operators = ["!=", "<=", ">=", "=", "<", ">", Contains, IsNull, NotNull];

    private static readonly SearchValues<char> NameEnds = SearchValues.Create(".=!<>~ ");

    /// <summary>Reads a condition. A column's name may contain what looks like an operator, so the longest name that
    /// fits is taken.</summary>
    public static Comparison Parse(string text, IReadOnlyList<DatasetColumn> columns)
    {
        foreach (var column in columns.OrderByDescending(column => column.Name.Length))
        {
            if (text.StartsWith(column.Name, StringComparison.Ordinal))
            {
                var rest = text[column.Name.Length..];
                var path = column.Type is ColumnType.Json ? ReadPath(ref rest) : [];
                rest = rest.TrimStart();
                if (Array.Find(Operators, each => rest.StartsWith(each, StringComparison.Ordinal)) is { } found)
                {
                    var value = rest[found.Length..];
                    return found is not (IsNull or NotNull) || value.Trim().Length == 0
                        ? new Comparison(column, path, found, value)
                        : throw CallFailures.Invalid(("filter", $"'{text}' goes on behind {found}."));
                }
            }
        }

        throw CallFailures.Invalid(("filter", Problem(text, columns)));
    }

    /// <summary>The condition in SQL.</summary>
    public string ToSql(Parameters parameters)
    {
        var value = Path.Count == 0 ? Column.Field : $"({Column.Field} ->> {parameters.Add(PathText())})";
        return Operator switch
        {
            IsNull => $"{value} IS NULL",
            NotNull => $"{value} IS NOT NULL",
            Contains => $"contains(lower({value}::VARCHAR), lower({parameters.Add(Value)}))",
            _ => Compared(value, parameters),
        };
    }

    private string Compared(string value, Parameters parameters)
    {
        switch (Column.Type)
        {
            case ColumnType.Boolean:
                return bool.TryParse(Value.Trim(), out var flag) && Operator is "=" or "!="
                    ? Equals(value, parameters.Add(flag))
                    : throw CallFailures.Invalid(("filter", $"'{Column.Name}' is true or false: {Column.Name}=true."));
            case ColumnType.Integer when TryWhole(out var whole) && IsHeldBy(Column, whole):
                return Ordered(value, parameters.Add(whole));
            case ColumnType.Integer or ColumnType.Number:
                // In a column of fractions, or with a number beyond the integers, a whole number is compared as a
                // fraction.
                return TryNumber(out var number)
                    ? Ordered($"{value}::DOUBLE", $"{parameters.Add(number)}::DOUBLE")
                    : throw CallFailures.Invalid(("filter", $"'{Column.Name}' holds numbers, and '{Value}' is none."));
            case ColumnType.Json:
                var text = Path.Count == 0 ? $"({value} ->> '$')" : value;
                if (!TryNumber(out var bound))
                {
                    return Ordered(text, parameters.Add(Value));
                }

                // A double would make different numbers equal, so the digits are compared as text.
                if (Operator is "=" or "!=" && Value.Count(char.IsAsciiDigit) > ExactDigits)
                {
                    var raw = Path.Count == 0 ? $"{Column.Field}::VARCHAR" : text;
                    return $"{(Operator == "=" ? "" : "NOT ")}(coalesce({raw} = {parameters.Add(Value.Trim())}, false) OR coalesce({text} = {parameters.Add(Value)}, false))";
                }

                // 1e2 equals 100; a value that is not a number is compared as text.
                var asNumber = $"TRY_CAST({text} AS DOUBLE)";
                return Operator is not ("=" or "!=")
                    ? Ordered(asNumber, parameters.Add(bound))
                    : $"{(Operator == "=" ? "" : "NOT ")}(coalesce({asNumber} = {parameters.Add(bound)}, false) OR coalesce({text} = {parameters.Add(Value)}, false))";
            default:
                return Ordered(value, parameters.Add(Value));
        }
    }

    // A missing value counts as not equal.
    private string Equals(string value, string other) =>
        $"{value} IS {(Operator == "=" ? "NOT " : "")}DISTINCT FROM {other}";

    private string Ordered(string value, string other) =>
        Operator is "=" or "!=" ? Equals(value, other) : $"{value} {Operator} {other}";

    // The index column is only as wide as it has to be.
    private static bool IsHeldBy(DatasetColumn column, long whole) =>
        column != RecordTable.Index || whole is >= int.MinValue and <= int.MaxValue;

    private bool TryWhole(out long whole) =>
        long.TryParse(Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out whole);

    private bool TryNumber(out double number) =>
        double.TryParse(Value, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    // A JSON pointer (RFC 6901), in which no character has a special meaning: /address/city.
    private string PathText() =>
        string.Concat(
            Path.Select(name =>
                $"/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}"
            )
        );

    private static List<string> ReadPath(ref string rest)
    {
        var path = new List<string>();
        while (rest.Length > 1 && rest[0] == '.')
        {
            var end = rest.AsSpan(1).IndexOfAny(NameEnds);
            var name = end < 0 ? rest[1..] : rest.Substring(1, end);
            if (name.Length == 0)
            {
                break;
            }

            path.Add(name);
            rest = rest[(name.Length + 1)..];
        }

        return path;
    }

    private static string Problem(string text, IReadOnlyList<DatasetColumn> columns) =>
        columns.FirstOrDefault(column => text.StartsWith(column.Name, StringComparison.Ordinal)) is { } column
            ? $"'{text}' has none of the operators {string.Join(' ', Operators)} behind the name '{column.Name}'."
            : $"'{text}' does not begin with the name of a column. There are: {string.Join(", ", columns.Take(50).Select(column => column.Name))}.";
}
