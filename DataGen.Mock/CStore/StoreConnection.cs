using System.Globalization;
using Microsoft.Data.Sqlite;

namespace DataGen.Mock.CStore;

/// <summary>
/// A connection to the tables: <c>entry</c> is what the main node holds, <c>drift</c> where the replica differs from it
/// (a null value: the replica has no such key). Each statement is compiled once. Used by one call at a time.
/// </summary>
internal sealed class StoreConnection : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteCommand> statements = new(StringComparer.Ordinal);

    /// <summary>Opens it.</summary>
    /// <remarks>
    /// In WAL mode with synchronous=NORMAL a commit is in the operating system's hands when it returns: it survives a
    /// kill of the process, though not always a power cut.
    /// </remarks>
    public StoreConnection(string path, bool readOnly)
    {
        connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
                Pooling = false,
            }.ToString()
        );
        try
        {
            connection.Open();
            Run(
                readOnly
                    ? "PRAGMA query_only=ON"
                    : """
                    PRAGMA journal_mode=WAL;
                    PRAGMA synchronous=NORMAL;
                    CREATE TABLE IF NOT EXISTS entry(key TEXT NOT NULL PRIMARY KEY, value BLOB NOT NULL);
                    CREATE TABLE IF NOT EXISTS drift(key TEXT NOT NULL PRIMARY KEY, value BLOB);
                    """
            );
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <param name="sql">The statement.</param>
    /// <param name="values">What <c>$1</c>, <c>$2</c> … stand for.</param>
    public void Run(string sql, params ReadOnlySpan<object?> values) => Prepared(sql, values).ExecuteNonQuery();

    /// <summary>The first value of the first row, or null.</summary>
    public object? Value(string sql, params ReadOnlySpan<object?> values) => Prepared(sql, values).ExecuteScalar();

    public SqliteDataReader Rows(string sql, params ReadOnlySpan<object?> values) =>
        Prepared(sql, values).ExecuteReader();

    public void Dispose() => connection.Dispose();

    private SqliteCommand Prepared(string sql, ReadOnlySpan<object?> values)
    {
        if (!statements.TryGetValue(sql, out var command))
        {
            statements[sql] = command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter(string.Create(CultureInfo.InvariantCulture, $"${i}"), null));
            }
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command;
    }
}
