using DataGen.Explorer.Datasets;
using DuckDB.NET.Data;

namespace DataGen.Explorer.Queries;

/// <summary>The values of a statement. They are bound, so that a user's text never becomes part of the
/// statement.</summary>
internal sealed class Parameters
{
    private readonly List<object> values = [];

    /// <summary>Adds a value.</summary>
    /// <returns>The placeholder for it in the statement.</returns>
    public string Add(object value)
    {
        values.Add(value is string text ? RecordTable.Storable(text) : value);
        return $"$p{values.Count}";
    }

    /// <summary>Binds the values to a command.</summary>
    public void AddTo(DuckDBCommand command)
    {
        for (var at = 0; at < values.Count; at++)
        {
            command.Parameters.Add(new DuckDBParameter($"p{at + 1}", values[at]));
        }
    }
}
