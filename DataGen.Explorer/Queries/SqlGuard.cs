using System.Buffers;
using System.Text.Json;
using DataGen.Contracts;

namespace DataGen.Explorer.Queries;

/// <summary>Admits one SELECT over the view <c>records</c>, as DuckDB itself parses it, that calls only the functions
/// of <see cref="SqlFunctions"/>.</summary>
internal sealed class SqlGuard
{
    private const int DeepestNesting = 500;
    private const string OneSelect = "It has to be one SELECT (PIVOT is none).";
    private const string Dataset = "records";

    // The engine may have to plan twice as much for each further SELECT or join.
    private const int MostSelects = 8;
    private const int MostJoins = 8;

    // How often one column may occur in the plan. A column counts as often as an expression names it, multiplied by how
    // often the outer SELECT names that expression.
    private const int MostRepetitions = 2000;

    // In DuckDB 1.5, lag and lead with a larger offset end the process.
    private const long FurthestRow = 1_000_000;

    // Names of views that tell about the engine, and the table below the view. A common table expression of such a name
    // could hide one, in a place that DuckDB does not check and this class does.
    private static readonly string[] EngineNames = ["duckdb_", "pragma_", "sqlite_", "pg_", "stored"];

    private static readonly SearchValues<char> NameLetters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
    );

    private readonly HashSet<string> expressions = new(StringComparer.OrdinalIgnoreCase);
    private int selects;
    private int joins;

    private SqlGuard() { }

    /// <summary>The query as DuckDB writes it: without comments and trailing text.</summary>
    /// <exception cref="Grpc.Core.RpcException">The text is not such a query.</exception>
    public static string Check(Question question, string sql)
    {
        var parameters = new Parameters();
        var given = parameters.Add(sql);
        var tree = question.Row($"SELECT json_serialize_sql({given}::VARCHAR)", parameters, row => row.GetString(0));
        using var parsed = Parse(tree);
        var root = parsed.RootElement;
        if (root.GetProperty("error").GetBoolean())
        {
            var message = root.TryGetProperty("error_message", out var words) ? words.GetString() : null;
            var isOther = root.TryGetProperty("error_type", out var kind) && kind.GetString() == "not implemented";
            throw CallFailures.Invalid(("query", isOther ? OneSelect : message ?? "It cannot be read."));
        }

        if (root.GetProperty("statements").GetArrayLength() != 1)
        {
            throw CallFailures.Invalid(("query", OneSelect));
        }

        var guard = new SqlGuard();
        guard.Collect(root);
        guard.Visit(root);
        if (Repetitions(root, []) > MostRepetitions)
        {
            throw CallFailures.Invalid(
                (
                    "query",
                    "It names the same columns over and over, in what other expressions and SELECTs of it name again."
                )
            );
        }

        var checkedTree = new Parameters();
        return question.Row(
            $"SELECT json_deserialize_sql({checkedTree.Add(tree)}::JSON)",
            checkedTree,
            row => row.GetString(0)
        );
    }

    private static JsonDocument Parse(string tree)
    {
        try
        {
            return JsonDocument.Parse(tree, new() { MaxDepth = DeepestNesting });
        }
        catch (JsonException)
        {
            // DuckDB writes a number beyond all numbers as one that JSON does not have.
            throw CallFailures.Invalid(("query", "It is nested too deeply, or names a number that is too large."));
        }
    }

    private void Collect(JsonElement node)
    {
        if (node.ValueKind is JsonValueKind.Object && node.TryGetProperty("cte_map", out var map))
        {
            foreach (var expression in map.GetProperty("map").EnumerateArray())
            {
                var name = expression.GetProperty("key").GetString()!;
                if (
                    Array.Exists(EngineNames, begin => name.StartsWith(begin, StringComparison.OrdinalIgnoreCase))
                    || name.AsSpan().ContainsAnyExcept(NameLetters)
                )
                {
                    throw CallFailures.Invalid(
                        ("query", $"The name {name} is taken, or has other letters than a to z, digits and _.")
                    );
                }

                expressions.Add(name);
            }
        }

        foreach (var part in Parts(node))
        {
            Collect(part);
        }
    }

    private void Visit(JsonElement node)
    {
        if (node.ValueKind is JsonValueKind.Object)
        {
            switch (Text(node, "type"))
            {
                case "BASE_TABLE":
                    CheckTable(node);
                    break;
                case "SELECT_NODE" when ++selects > MostSelects:
                    throw CallFailures.Invalid(
                        ("query", $"At most {MostSelects} SELECTs, within each other and in WITH.")
                    );
                case "JOIN" when ++joins > MostJoins:
                    throw CallFailures.Invalid(("query", $"At most {MostJoins} joins."));
                case "WINDOW_LAG" or "WINDOW_LEAD":
                    CheckRow(node);
                    break;
                case "SHOW_REF" when node.GetProperty("query").ValueKind is not JsonValueKind.Object:
                    throw CallFailures.Invalid(("query", $"There is one table, {Dataset}: DESCRIBE {Dataset}."));
                case "TABLE_FUNCTION":
                    var function = node.GetProperty("function");
                    CheckName(SqlFunctions.Tables, function);
                    foreach (var part in Parts(function))
                    {
                        Visit(part);
                    }

                    return;
                default:
                    break;
            }

            if (Text(node, "function_name") is { } name)
            {
                if (name.Equals(SqlFunctions.Replacing, StringComparison.OrdinalIgnoreCase))
                {
                    CheckReplacing(node);
                }
                else if (SqlFunctions.Matching.TryGetValue(name, out var any))
                {
                    CheckPattern(node, name, any);
                }
                else
                {
                    CheckName(SqlFunctions.Values, node);
                }
            }
        }

        foreach (var part in Parts(node))
        {
            Visit(part);
        }
    }

    // How often a column of the dataset occurs in the plan of a query. A column counts as often as an expression names
    // it, multiplied by how often the outer query names that expression. Queries side by side add up.
    private static double Repetitions(JsonElement node, Dictionary<string, double> expressions)
    {
        if (node.ValueKind is not JsonValueKind.Object)
        {
            return Parts(node).Sum(part => Repetitions(part, expressions));
        }

        if (node.TryGetProperty("cte_map", out var map))
        {
            expressions = new Dictionary<string, double>(expressions, StringComparer.OrdinalIgnoreCase);
            foreach (var expression in map.GetProperty("map").EnumerateArray())
            {
                expressions[expression.GetProperty("key").GetString()!] = Repetitions(
                    expression.GetProperty("value"),
                    expressions
                );
            }
        }

        var below = node.EnumerateObject()
            .Where(member => member.Name != "cte_map")
            .Sum(member => Repetitions(member.Value, expressions));
        return Text(node, "type") switch
        {
            "SELECT_NODE" => OwnRepetitions(node) * Math.Max(1, below),
            "BASE_TABLE" => expressions.GetValueOrDefault(Text(node, "table_name") ?? "", 1),
            _ => below,
        };
    }

    // An expression may name others of its SELECT by their aliases, and then repeats what they repeat.
    private static double OwnRepetitions(JsonElement select)
    {
        var aliases = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        var (most, stars) = (1.0, 0.0);
        foreach (var item in select.GetProperty("select_list").EnumerateArray())
        {
            var named = Columns(item, aliases, ref stars);
            most = Math.Max(most, named);
            if (Text(item, "alias") is { Length: > 0 } alias)
            {
                aliases[alias] = Math.Max(1, named);
            }
        }

        foreach (
            var part in select
                .EnumerateObject()
                .Where(part => part.Name is not ("select_list" or "from_table" or "cte_map"))
        )
        {
            most = Math.Max(most, Columns(part.Value, aliases, ref stars));
        }

        return Math.Max(most, stars);
    }

    private static double Columns(JsonElement node, Dictionary<string, double> aliases, ref double stars)
    {
        if (node.ValueKind is JsonValueKind.Object)
        {
            switch (Text(node, "type"))
            {
                case "SELECT_NODE":
                    return 0;
                case "STAR":
                    stars++;
                    return 1;
                case "COLUMN_REF":
                    return node.GetProperty("column_names").EnumerateArray().ToArray() is [var name]
                        ? aliases.GetValueOrDefault(name.GetString() ?? "", 1)
                        : 1;
                default:
                    break;
            }
        }

        var sum = 0.0;
        foreach (var part in Parts(node))
        {
            sum += Columns(part, aliases, ref stars);
        }

        return sum;
    }

    private void CheckTable(JsonElement table)
    {
        var name = Text(table, "table_name") ?? "";
        var isQualified =
            Text(table, "schema_name") is { Length: > 0 } || Text(table, "catalog_name") is { Length: > 0 };
        if (isQualified || !(name.Equals(Dataset, StringComparison.OrdinalIgnoreCase) || expressions.Contains(name)))
        {
            throw CallFailures.Invalid(("query", $"There is no table '{name}', only {Dataset}."));
        }
    }

    private static void CheckName(HashSet<string> allowed, JsonElement function)
    {
        var name = Text(function, "function_name") ?? "";
        if (!allowed.Contains(name) || Text(function, "schema") is { Length: > 0 } and not "main")
        {
            throw CallFailures.Invalid(("query", $"The function {name} is not available here."));
        }
    }

    private static void CheckReplacing(JsonElement function)
    {
        if (
            function.GetProperty("children").EnumerateArray().ToArray() is not [_, var sought, var put]
            || Constant(sought) is not { } before
            || Constant(put) is not { } after
            || after.Length > before.Length
        )
        {
            throw CallFailures.Invalid(
                (
                    "query",
                    $"{SqlFunctions.Replacing} takes here two texts as they are, of which the second is not longer."
                )
            );
        }
    }

    // DuckDB backtracks for each letter of a text and each wildcard. It has a faster way only for a constant without
    // single-letter wildcards.
    private static void CheckPattern(JsonElement function, string name, char any)
    {
        if (
            function.GetProperty("children").EnumerateArray().ToArray() is not [_, var given]
            || Constant(given) is not { } pattern
        )
        {
            throw CallFailures.Invalid(("query", "A pattern has to be a text as it is: name LIKE 'A%'."));
        }

        var isQuick = name is "~~" or "!~~" && !pattern.Contains('_', StringComparison.Ordinal);
        if (!isQuick && pattern.TrimEnd(any).Count(letter => letter == any) > 1)
        {
            throw CallFailures.Invalid(
                (
                    "query",
                    $"A pattern like '{pattern}' takes too long: use one {any} and one at the end, or contains()."
                )
            );
        }
    }

    private static void CheckRow(JsonElement window)
    {
        if (
            window.TryGetProperty("offset_expr", out var offset)
            && offset.ValueKind is JsonValueKind.Object
            && !(
                Text(offset, "type") == "VALUE_CONSTANT"
                && offset.GetProperty("value").TryGetProperty("value", out var rows)
                && rows.ValueKind is JsonValueKind.Number
                && rows.TryGetInt64(out var count)
                && count is >= 0 and <= FurthestRow
            )
        )
        {
            throw CallFailures.Invalid(
                ("query", $"lag and lead look 0 to {FurthestRow} rows away, a number as it is.")
            );
        }
    }

    private static string? Constant(JsonElement expression) =>
        Text(expression, "type") == "VALUE_CONSTANT"
        && expression.GetProperty("value").TryGetProperty("value", out var value)
        && value.ValueKind is JsonValueKind.String
            ? value.GetString()
            : null;

    private static string? Text(JsonElement node, string name) =>
        node.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static IEnumerable<JsonElement> Parts(JsonElement node) =>
        node.ValueKind switch
        {
            JsonValueKind.Object => node.EnumerateObject().Select(member => member.Value),
            JsonValueKind.Array => node.EnumerateArray(),
            _ => [],
        };
}
