namespace DataGen.Mock.CStore;

/// <summary>What a connection reads. Used by one call at a time.</summary>
internal sealed class StoreReader(string path) : IDisposable
{
    private readonly StoreConnection connection = new(path, readOnly: true);

    public byte[]? Read(string key, bool ofReplica) =>
        connection.Value(
            ofReplica
                ? "SELECT value FROM drift WHERE key=$1 UNION ALL SELECT value FROM entry WHERE key=$1 AND NOT EXISTS(SELECT 1 FROM drift WHERE key=$1)"
                : "SELECT value FROM entry WHERE key=$1",
            key
        ) as byte[];

    public void ReadRange(string from, string to, bool ofReplica, Action<string, byte[]> found)
    {
        using var rows = connection.Rows(
            ofReplica
                ? """
                SELECT key,value FROM entry WHERE key>=$1 AND key<$2 AND key NOT IN (SELECT key FROM drift WHERE key>=$1 AND key<$2)
                UNION ALL SELECT key,value FROM drift WHERE key>=$1 AND key<$2 AND value IS NOT NULL ORDER BY key
                """
                : "SELECT key,value FROM entry WHERE key>=$1 AND key<$2 ORDER BY key",
            from,
            to
        );
        while (rows.Read())
        {
            found(rows.GetString(0), rows.GetFieldValue<byte[]>(1));
        }
    }

    public void Dispose() => connection.Dispose();
}
