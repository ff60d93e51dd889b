using System.Text.Json;

namespace DataGen.Tasks.Export;

/// <summary>
/// The columns of a table of records: the union of their members in the order they are first seen, with what they hold.
/// Finding them takes one reading
/// of all records, and memory only for the columns.
/// </summary>
internal sealed class ExportColumns
{
    /// <summary>
    /// The most columns of a table. Records with more different members than this use names for data (a map from ids,
    /// say): a table of them is
    /// nearly empty, too wide for what reads tables, and its size is the product of rows and columns.
    /// </summary>
    public const int Most = 1000;

    private readonly List<ExportColumn> columns = [];
    private readonly Dictionary<string, int> indices = new(StringComparer.Ordinal);

    /// <summary>The columns, first seen first.</summary>
    public IReadOnlyList<ExportColumn> All => columns;

    /// <summary>Finds the columns of <paramref name="records"/>.</summary>
    /// <exception cref="TooManyColumnsException">There are more than <see cref="Most"/>.</exception>
    public static async Task<ExportColumns> ReadAsync(
        IAsyncEnumerable<ReadOnlyMemory<byte>> records,
        CancellationToken cancellationToken
    )
    {
        var columns = new ExportColumns();
        await foreach (var record in records.WithCancellation(cancellationToken))
        {
            columns.Learn(record.Span);
        }

        return columns;
    }

    /// <summary>Whether a column has this name.</summary>
    public bool Contains(string name) => indices.ContainsKey(name);

    /// <summary>The column of the name that <paramref name="reader"/> is at; one that is new is added.</summary>
    /// <param name="reader">At a member's name.</param>
    /// <param name="expected">Looked at first: records mostly have the same members in the same order.</param>
    public int IndexOf(ref readonly Utf8JsonReader reader, int expected)
    {
        if (expected < columns.Count && reader.ValueTextEquals(columns[expected].Utf8Name))
        {
            return expected;
        }

        var name = reader.GetString()!;
        if (indices.TryGetValue(name, out var index))
        {
            return index;
        }

        if (columns.Count == Most)
        {
            throw new TooManyColumnsException();
        }

        indices.Add(name, columns.Count);
        columns.Add(new ExportColumn(name));
        return columns.Count - 1;
    }

    private void Learn(ReadOnlySpan<byte> record)
    {
        var members = new RecordMembers(record, this);
        while (members.Next())
        {
            columns[members.Column].Kinds |= members.Kind;
        }
    }
}
