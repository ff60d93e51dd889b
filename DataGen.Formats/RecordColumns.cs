using System.Text.Json;

namespace DataGen.Formats;

/// <summary>
/// The columns of a table of records: the union of their members in the order in which they are first seen, with the
/// kinds of their values. Finding them takes one reading of all records, and memory only for the columns.
/// </summary>
public sealed class RecordColumns
{
    /// <summary>
    /// The most columns of a table. Records with more different members use names as data (for example a map from ids):
    /// a table of them is nearly empty, too wide for programs that read tables, and its size is the product of rows and
    /// columns.
    /// </summary>
    public const int Most = 1000;

    private readonly List<RecordColumn> columns = [];
    private readonly Dictionary<string, int> indices = new(StringComparer.Ordinal);

    /// <summary>The columns in the order in which they were first seen.</summary>
    public IReadOnlyList<RecordColumn> All => columns;

    /// <summary>Finds the columns of <paramref name="records"/>.</summary>
    /// <exception cref="TooManyColumnsException">There are more than <see cref="Most"/>.</exception>
    public static async Task<RecordColumns> ReadAsync(
        IAsyncEnumerable<ReadOnlyMemory<byte>> records,
        CancellationToken cancellationToken
    )
    {
        var columns = new RecordColumns();
        await foreach (var record in records.WithCancellation(cancellationToken))
        {
            columns.Learn(record.Span);
        }

        return columns;
    }

    /// <summary>Adds a column that is known before there is a record.</summary>
    /// <exception cref="TooManyColumnsException">There are more columns than <see cref="Most"/>.</exception>
    public void Add(string name, ColumnKinds kinds) => columns[IndexOf(name)].Kinds |= kinds;

    /// <summary>Whether a column has this name.</summary>
    public bool Contains(string name) => indices.ContainsKey(name);

    /// <summary>The column of the name at which <paramref name="reader"/> stands; a new name adds a column.</summary>
    /// <param name="reader">The reader, at a member's name.</param>
    /// <param name="expected">The column that is tried first, because most records have the same members in the same
    /// order.</param>
    public int IndexOf(ref readonly Utf8JsonReader reader, int expected)
    {
        if (expected < columns.Count && reader.ValueTextEquals(columns[expected].Utf8Name))
        {
            return expected;
        }

        return IndexOf(reader.GetString()!);
    }

    private int IndexOf(string name)
    {
        if (indices.TryGetValue(name, out var index))
        {
            return index;
        }

        if (columns.Count == Most)
        {
            throw new TooManyColumnsException();
        }

        indices.Add(name, columns.Count);
        columns.Add(new RecordColumn(name));
        return columns.Count - 1;
    }

    /// <summary>Adds the members of one record.</summary>
    /// <exception cref="TooManyColumnsException">There are more columns than <see cref="Most"/>.</exception>
    public void Learn(ReadOnlySpan<byte> record)
    {
        var members = new RecordMembers(record, this);
        while (members.Next())
        {
            columns[members.Column].Kinds |= members.Kind;
        }
    }
}
