using Microsoft.Data.Sqlite;

namespace DataGen.Mock.CStore;

/// <summary>What the one connection that writes does. Used by one thread at a time.</summary>
internal sealed class StoreWriter : IDisposable
{
    private readonly StoreConnection connection;
    private volatile bool drifting;

    public StoreWriter(string path)
    {
        connection = new StoreConnection(path, readOnly: false);
        UpdateDrifting();
    }

    /// <summary>Whether the two nodes differ anywhere.</summary>
    public bool IsDrifting => drifting;

    public void Begin() => connection.Run("BEGIN IMMEDIATE");

    public void Commit()
    {
        connection.Run("COMMIT");
        if (drifting)
        {
            UpdateDrifting();
        }
    }

    /// <summary>Undoes what was done since <see cref="Begin"/>; SQLite may have done so itself.</summary>
    public void Rollback()
    {
        try
        {
            connection.Run("ROLLBACK");
        }
        catch (SqliteException)
        {
            // There is no transaction any more: a full disk, for one, ends it.
        }

        UpdateDrifting();
    }

    public void Apply(StoreWrite write)
    {
        // A node that holds the value already does not send it on, so the write cannot mend the other node.
        if (drifting && HoldsAlready(write))
        {
            return;
        }

        if (write is { Stays: true, Node: StoreNode.Replica })
        {
            connection.Run(
                "INSERT INTO drift VALUES($1,$2) ON CONFLICT(key) DO UPDATE SET value=excluded.value",
                write.Key,
                write.Value
            );
            drifting = true;
            return;
        }

        if (write.Stays)
        {
            connection.Run(
                "INSERT INTO drift VALUES($1,(SELECT value FROM entry WHERE key=$1)) ON CONFLICT(key) DO NOTHING",
                write.Key
            );
            drifting = true;
        }
        else if (drifting)
        {
            connection.Run("DELETE FROM drift WHERE key=$1", write.Key);
        }

        if (write.Value is null)
        {
            connection.Run("DELETE FROM entry WHERE key=$1", write.Key);
        }
        else
        {
            connection.Run(
                "INSERT INTO entry VALUES($1,$2) ON CONFLICT(key) DO UPDATE SET value=excluded.value",
                write.Key,
                write.Value
            );
        }
    }

    /// <summary>Merges the other node's hash into this node's: what the other has wins, what only this one has
    /// stays.</summary>
    /// <returns>How many fields the other node sent.</returns>
    public long Pull(StoreNode node, string from, string to)
    {
        if (node is StoreNode.Replica)
        {
            connection.Run(
                "DELETE FROM drift WHERE key>=$1 AND key<$2 AND key IN (SELECT key FROM entry WHERE key>=$1 AND key<$2)",
                from,
                to
            );
        }
        else
        {
            connection.Run(
                "INSERT INTO entry SELECT key,value FROM drift WHERE key>=$1 AND key<$2 AND value IS NOT NULL ON CONFLICT(key) DO UPDATE SET value=excluded.value",
                from,
                to
            );
            connection.Run("DELETE FROM drift WHERE key>=$1 AND key<$2 AND value IS NOT NULL", from, to);
        }

        return (long)connection.Value("SELECT COUNT(*) FROM entry WHERE key>=$1 AND key<$2", from, to)!;
    }

    public void Dispose() => connection.Dispose();

    private bool HoldsAlready(StoreWrite write)
    {
        if (write.Node is StoreNode.Replica)
        {
            using var drift = connection.Rows("SELECT value FROM drift WHERE key=$1", write.Key);
            if (drift.Read())
            {
                return Same(drift.IsDBNull(0) ? null : drift.GetFieldValue<byte[]>(0), write.Value);
            }
        }

        return Same(connection.Value("SELECT value FROM entry WHERE key=$1", write.Key) as byte[], write.Value);
    }

    private static bool Same(byte[]? held, byte[]? written) =>
        held is null ? written is null : written is not null && held.AsSpan().SequenceEqual(written);

    private void UpdateDrifting() => drifting = (long)connection.Value("SELECT EXISTS(SELECT 1 FROM drift)")! != 0;
}
