using System.Text.Json;
using DataGen.Contracts;

namespace DataGen.Explorer.Queries;

/// <summary>Lets through one SELECT over the view <c>records</c>, as DuckDB itself reads it, that calls no function but those
/// of <see cref="SqlFunctions"/>.</summary>
internal sealed class SqlGuard
{
    private const int DeepestNesting = 500;
    private const string OneSelect = "It has to be one SELECT (PIVOT is none).";
    private const string Dataset = "records";

    // Names of views that tell about the engine; a common table expression of such a name could hide one.
    private static readonly string[] EngineNames = ["duckdb_", "pragma_", "sqlite_", "pg_"];

    private readonly HashSet<string> expressions = new(StringComparer.OrdinalIgnoreCase);

    private SqlGuard() { }

    /// <summary>The query as DuckDB writes it: without comments, and nothing behind it.</summary>
    /// <exception cref="Grpc.Core.RpcException">It is something else.</exception>
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
            throw CallFailures.Invalid(("query", "It is nested too deeply."));
        }
    }

    private void Collect(JsonElement node)
    {
        if (node.ValueKind is JsonValueKind.Object && node.TryGetProperty("cte_map", out var map))
        {
            foreach (var expression in map.GetProperty("map").EnumerateArray())
            {
                var name = expression.GetProperty("key").GetString()!;
                if (Array.Exists(EngineNames, begin => name.StartsWith(begin, StringComparison.OrdinalIgnoreCase)))
                {
                    throw CallFailures.Invalid(("query", $"The name {name} is taken."));
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
