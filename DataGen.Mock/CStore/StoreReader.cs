using Microsoft.Data.Sqlite;

namespace DataGen.Mock.CStore;

/// <summary>The statements of a connection that reads. Used by one call at a time.</summary>
internal sealed class StoreReader : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly SqliteCommand one;
    private readonly SqliteCommand oneOfReplica;
    private readonly SqliteCommand range;
    private readonly SqliteCommand rangeOfReplica;

    public StoreReader(string path)
    {
        connection = StoreSchema.Open(path, readOnly: true);
        one = StoreSchema.Prepare(connection, "SELECT value FROM entry WHERE key=$key", "$key");
        oneOfReplica = StoreSchema.Prepare(
            connection,
            "SELECT value FROM drift WHERE key=$key UNION ALL SELECT value FROM entry WHERE key=$key AND NOT EXISTS(SELECT 1 FROM drift WHERE key=$key)",
            "$key"
        );
        range = StoreSchema.Prepare(
            connection,
            "SELECT key,value FROM entry WHERE key>=$from AND key<$to ORDER BY key",
            "$from",
            "$to"
        );
        rangeOfReplica = StoreSchema.Prepare(
            connection,
            """
            SELECT key,value FROM entry WHERE key>=$from AND key<$to AND key NOT IN (SELECT key FROM drift WHERE key>=$from AND key<$to)
            UNION ALL SELECT key,value FROM drift WHERE key>=$from AND key<$to AND value IS NOT NULL ORDER BY key
            """,
            "$from",
            "$to"
        );
    }

    public byte[]? Read(string key, bool ofReplica)
    {
        var command = ofReplica ? oneOfReplica : one;
        command.Parameters[0].Value = key;
        return command.ExecuteScalar() as byte[];
    }

    public void ReadRange(string from, string to, bool ofReplica, Action<string, byte[]> found)
    {
        var command = ofReplica ? rangeOfReplica : range;
        command.Parameters[0].Value = from;
        command.Parameters[1].Value = to;
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            found(rows.GetString(0), rows.GetFieldValue<byte[]>(1));
        }
    }

    public void Dispose() => connection.Dispose();
}
