using Microsoft.Data.Sqlite;

namespace DataGen.Mock.CStore;

/// <summary>
/// The tables: <c>entry</c> is what the main node holds, <c>drift</c> where the replica differs from it (a null value:
/// the replica has no such key).
/// </summary>
internal static class StoreSchema
{
    /// <summary>Opens a connection with the settings every connection needs.</summary>
    /// <remarks>
    /// In WAL mode with synchronous=NORMAL a commit is in the operating system's hands when it returns: it survives a
    /// kill of the process,
    /// though not always a power cut.
    /// </remarks>
    public static SqliteConnection Open(string path, bool readOnly)
    {
        var connection = new SqliteConnection(
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
            Execute(
                connection,
                readOnly
                    ? "PRAGMA query_only=ON"
                    : """
                    PRAGMA journal_mode=WAL;
                    PRAGMA synchronous=NORMAL;
                    CREATE TABLE IF NOT EXISTS entry(key TEXT NOT NULL PRIMARY KEY, value BLOB NOT NULL);
                    CREATE TABLE IF NOT EXISTS drift(key TEXT NOT NULL PRIMARY KEY, value BLOB);
                    """
            );
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>A statement that is compiled once and used many times.</summary>
    public static SqliteCommand Prepare(SqliteConnection connection, string sql, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters)
        {
            command.Parameters.Add(new SqliteParameter(name, null));
        }

        return command;
    }
}
