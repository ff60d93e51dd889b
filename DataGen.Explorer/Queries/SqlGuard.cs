using System.Text.Json;
using DataGen.Explorer.Api;
using DuckDB.NET.Data;

namespace DataGen.Explorer.Queries;

/// <summary>Lets through one SELECT, as DuckDB itself reads it, that calls no function which makes much of little or looks
/// out of the dataset.</summary>
internal static class SqlGuard
{
    // Each makes a value of any size at once, which neither a deadline nor DuckDB's bound of memory stops.
    private static readonly HashSet<string> Amplifiers = new(StringComparer.OrdinalIgnoreCase)
    {
        "array_resize",
        "bar",
        "bitstring",
        "format",
        "generate_series",
        "list_resize",
        "lpad",
        "printf",
        "range",
        "repeat",
        "rpad",
    };

    // They tell about the process and its files. Those that read files fail by themselves; here they fail with clear words.
    private static readonly string[] Outside = ["duckdb_", "pragma_", "read_", "parquet_", "sniff_"];

    private static readonly HashSet<string> Forbidden = new(Amplifiers, StringComparer.OrdinalIgnoreCase)
    {
        "checkpoint",
        "current_setting",
        "force_checkpoint",
        "getvariable",
        "glob",
        "query",
        "query_table",
        "seq_scan",
        "which_secret",
    };

    /// <exception cref="Grpc.Core.RpcException">It is something else.</exception>
    public static void Check(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT json_serialize_sql($sql::VARCHAR)";
        command.Parameters.Add(new DuckDBParameter("sql", sql));
        using var parsed = JsonDocument.Parse((string)command.ExecuteScalar()!, new() { MaxDepth = 1000 });
        var root = parsed.RootElement;
        if (root.GetProperty("error").GetBoolean())
        {
            var message = root.TryGetProperty("error_message", out var words) ? words.GetString() : null;
            var isOther = root.TryGetProperty("error_type", out var kind) && kind.GetString() == "not implemented";
            throw Failures.Invalid("query", isOther ? "It has to be one SELECT." : message ?? "It cannot be read.");
        }

        if (root.GetProperty("statements").GetArrayLength() != 1)
        {
            throw Failures.Invalid("query", "It has to be one SELECT.");
        }

        if (Functions(root).FirstOrDefault(IsForbidden) is { } function)
        {
            throw Failures.Invalid("query", $"The function {function} is not available here.");
        }
    }

    private static bool IsForbidden(string function) =>
        Forbidden.Contains(function)
        || Outside.Any(begin => function.StartsWith(begin, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Functions(JsonElement node)
    {
        switch (node.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in node.EnumerateObject())
                {
                    if (member.NameEquals("function_name") && member.Value.ValueKind is JsonValueKind.String)
                    {
                        yield return member.Value.GetString()!;
                    }

                    foreach (var function in Functions(member.Value))
                    {
                        yield return function;
                    }
                }

                break;
            case JsonValueKind.Array:
                foreach (var function in node.EnumerateArray().SelectMany(Functions))
                {
                    yield return function;
                }

                break;
            default:
                break;
        }
    }
}
