using System.Collections.Immutable;
using System.Runtime.InteropServices;
using DataGen.Explorer.Settings;
using DataGen.Formats;
using DuckDB.NET.Data;
using Google.Protobuf;

namespace DataGen.Explorer.Datasets;

/// <summary>
/// The records of one dataset in a DuckDB file: the table <c>stored</c> has each record's index, its JSON and a column
/// per member; the view <c>records</c> shows them under the members' names. There is one writer at a time; readers have
/// connections of their own and see what was committed last.
/// </summary>
internal sealed class RecordTable : IDisposable
{
    private const int DeletedAtOnce = 5000;

    /// <summary>The column of the record's index, as users name it; a member of that name gets another name in
    /// SQL.</summary>
    public static readonly DatasetColumn Index = new("_index", "_index", "i", ColumnType.Integer);

    // A question leaves half of the processors to the tasks that run on the machine.
    private static readonly int Threads = Math.Clamp(Environment.ProcessorCount / 2, 1, 4);

    private readonly string path;
    private readonly RecordColumns members;
    private readonly List<DatasetColumn> columns = [];
    private readonly HashSet<string> sqlNames = new(StringComparer.OrdinalIgnoreCase) { Index.SqlName };
    private readonly IndexBits present = new();
    private readonly ReaderWriterLockSlim layout = new();
    private DuckDBConnection? writer;
    private bool isDisposed;

    /// <param name="path">A file that does not exist.</param>
    /// <param name="known">The columns that are known before there are records.</param>
    public RecordTable(string path, RecordColumns known)
    {
        this.path = path;
        members = known;
        Open();
        Execute("CREATE TABLE stored (i INTEGER, data BLOB)");
        Widen();
    }

    /// <summary>Whether the file is open.</summary>
    public bool IsOpen => writer is not null;

    /// <summary>Bytes on disk.</summary>
    public long Size => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    /// <summary>The columns as they are now.</summary>
    public ImmutableArray<DatasetColumn> Columns => [.. columns];

    /// <summary>The indices of the records in the table; the writer goes on changing the set.</summary>
    public IndexBits Present => present;

    /// <summary>Opens the file if it is closed.</summary>
    public void Open()
    {
        if (writer is null)
        {
            writer = Connect();

            // A user's SQL cannot undo the options of the connection string.
            Execute("SET lock_configuration = true");
        }
    }

    /// <summary>Closes the file, which frees its memory.</summary>
    public void Close()
    {
        writer?.Dispose();
        writer = null;
    }

    /// <summary>Adds records; a record replaces the one with the same index.</summary>
    /// <exception cref="TooManyColumnsException">They have too many different members.</exception>
    public void Add(IReadOnlyDictionary<int, ByteString> records)
    {
        foreach (var record in records.Values)
        {
            members.Learn(record.Span);
        }

        Widen();
        using var transaction = writer!.BeginTransaction();
        Delete([.. records.Keys.Where(present.Contains)]);
        using (var appender = writer.CreateAppender("stored"))
        {
            var cells = new Cell[columns.Count];
            foreach (var (index, record) in records)
            {
                Read(record.Span, cells);
                Append(appender.CreateRow().AppendValue(index), record.Span, cells);
            }
        }

        transaction.Commit();
        foreach (var index in records.Keys)
        {
            present.Add(index);
        }
    }

    /// <summary>Removes records.</summary>
    public void Remove(IReadOnlyCollection<int> indices)
    {
        if (indices.Count > 0)
        {
            Delete(indices);
            foreach (var index in indices)
            {
                present.Remove(index);
            }
        }
    }

    /// <summary>Reads with a connection of its own; no column changes until the read has ended.</summary>
    public T Read<T>(Func<DuckDBConnection, T> question)
    {
        layout.EnterReadLock();
        try
        {
            if (isDisposed)
            {
                throw new DatasetLostException();
            }

            using var connection = Connect();
            return question(connection);
        }
        finally
        {
            layout.ExitReadLock();
        }
    }

    /// <summary>Closes and removes the file when the last question has ended.</summary>
    public void Dispose()
    {
        layout.EnterWriteLock();
        isDisposed = true;
        Close();
        layout.ExitWriteLock();
        File.Delete(path);
        File.Delete($"{path}.wal");
    }

    /// <summary>A text as a column holds it. DuckDB.NET cuts a text off at U+0000, so the column holds the symbol
    /// U+2400 instead; the record itself keeps U+0000.</summary>
    public static string Storable(string text) => text.Replace('\0', '\u2400');

    /// <summary>A name in quotes.</summary>
    public static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    // Adds a column for each new member, and changes the type of a column that now holds values of another type.
    private void Widen()
    {
        var types = members.All.Select(member => ColumnTypes.Of(member.Kinds)).ToArray();
        if (columns.Count > 0 && types.SequenceEqual(columns.Select(column => column.Type)))
        {
            return;
        }

        layout.EnterWriteLock();
        try
        {
            for (var at = 0; at < types.Length; at++)
            {
                if (at == columns.Count)
                {
                    columns.Add(
                        new DatasetColumn(members.All[at].Name, SqlName(members.All[at].Name), $"c{at}", types[at])
                    );
                    Execute($"ALTER TABLE stored ADD COLUMN c{at} {types[at].Sql()}");
                }
                else if (types[at] != columns[at].Type)
                {
                    Execute(
                        $"ALTER TABLE stored ALTER c{at} TYPE {types[at].Sql()} USING {Converted(columns[at], types[at])}"
                    );
                    columns[at] = columns[at] with { Type = types[at] };
                }
            }

            var named = columns.Select(column => $", {column.Field} AS {Quoted(column.SqlName)}");
            Execute($"CREATE OR REPLACE VIEW records AS SELECT i AS {Index.SqlName}{string.Concat(named)} FROM stored");
        }
        finally
        {
            layout.ExitWriteLock();
        }
    }

    private static string Converted(DatasetColumn column, ColumnType to) =>
        column.Type is ColumnType.Empty ? $"NULL::{to.Sql()}"
        : to is ColumnType.Json ? $"to_json({column.Field})"
        : $"{column.Field}::{to.Sql()}";

    // In DuckDB names ignore case.
    private string SqlName(string member)
    {
        var name = string.IsNullOrWhiteSpace(member) ? "column" : member.Replace("\0", "", StringComparison.Ordinal);
        var unique = name;
        for (var number = 2; !sqlNames.Add(unique); number++)
        {
            unique = $"{name}_{number}";
        }

        return unique;
    }

    private void Read(ReadOnlySpan<byte> record, Cell[] cells)
    {
        Array.Clear(cells);
        var member = new RecordMembers(record, members);
        while (member.Next())
        {
            ref var cell = ref cells[member.Column];
            cell = default;
            if (member.IsNull)
            {
                continue;
            }

            cell.IsFilled = true;
            switch (columns[member.Column].Type)
            {
                case ColumnType.Integer:
                    cell.Whole = member.ReadInt64();
                    break;
                case ColumnType.Number:
                    cell.Number = member.ReadDouble();
                    break;
                case ColumnType.Boolean:
                    cell.Whole = member.ReadBoolean() ? 1 : 0;
                    break;
                case ColumnType.Text:
                    cell.Text = Storable(member.ReadText());
                    break;
                default:
                    cell.Text = member.ReadJson();
                    break;
            }
        }
    }

    private void Append(IDuckDBAppenderRow row, ReadOnlySpan<byte> record, Cell[] cells)
    {
        // The appender asks for a writable span, but only reads it.
        row.AppendValue(MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(record), record.Length));
        for (var at = 0; at < cells.Length; at++)
        {
            ref var cell = ref cells[at];
            _ = (cell.IsFilled, columns[at].Type) switch
            {
                (false, _) => row.AppendNullValue(),
                (_, ColumnType.Integer) => row.AppendValue((long?)cell.Whole),
                (_, ColumnType.Number) => row.AppendValue((double?)cell.Number),
                (_, ColumnType.Boolean) => row.AppendValue((bool?)(cell.Whole == 1)),
                _ => row.AppendValue(cell.Text),
            };
        }

        row.EndRow();
    }

    private void Delete(IReadOnlyCollection<int> indices)
    {
        foreach (var some in indices.Chunk(DeletedAtOnce))
        {
            Execute($"DELETE FROM stored WHERE i IN ({string.Join(',', some)})");
        }
    }

    private DuckDBConnection Connect()
    {
        var connection = new DuckDBConnection(
            $"Data Source={path};memory_limit={ExplorerOptions.MemoryOfOne}MiB;threads={Threads};"
                + "enable_external_access=false;autoinstall_known_extensions=false;autoload_known_extensions=false"
        );
        connection.Open();
        return connection;
    }

    private void Execute(string sql)
    {
        using var command = writer!.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private struct Cell
    {
        public bool IsFilled;
        public long Whole;
        public double Number;
        public string? Text;
    }
}
