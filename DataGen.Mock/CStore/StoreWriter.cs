using Microsoft.Data.Sqlite;

namespace DataGen.Mock.CStore;

/// <summary>The statements of the one connection that writes. Used by one thread at a time.</summary>
internal sealed class StoreWriter : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly SqliteCommand begin;
    private readonly SqliteCommand commit;
    private readonly SqliteCommand rollback;
    private readonly SqliteCommand put;
    private readonly SqliteCommand remove;
    private readonly SqliteCommand read;
    private readonly SqliteCommand keepOld;
    private readonly SqliteCommand putDrift;
    private readonly SqliteCommand removeDrift;
    private readonly SqliteCommand readDrift;
    private readonly SqliteCommand hasDrift;
    private readonly SqliteCommand pullToReplica;
    private readonly SqliteCommand countHash;
    private readonly SqliteCommand pullToMain;
    private readonly SqliteCommand settle;
    private volatile bool drifting;

    public StoreWriter(string path)
    {
        connection = StoreSchema.Open(path, readOnly: false);
        begin = StoreSchema.Prepare(connection, "BEGIN IMMEDIATE");
        commit = StoreSchema.Prepare(connection, "COMMIT");
        rollback = StoreSchema.Prepare(connection, "ROLLBACK");
        put = StoreSchema.Prepare(
            connection,
            "INSERT INTO entry VALUES($key,$value) ON CONFLICT(key) DO UPDATE SET value=excluded.value",
            "$key",
            "$value"
        );
        remove = StoreSchema.Prepare(connection, "DELETE FROM entry WHERE key=$key", "$key");
        read = StoreSchema.Prepare(connection, "SELECT value FROM entry WHERE key=$key", "$key");
        keepOld = StoreSchema.Prepare(
            connection,
            "INSERT INTO drift VALUES($key,(SELECT value FROM entry WHERE key=$key)) ON CONFLICT(key) DO NOTHING",
            "$key"
        );
        putDrift = StoreSchema.Prepare(
            connection,
            "INSERT INTO drift VALUES($key,$value) ON CONFLICT(key) DO UPDATE SET value=excluded.value",
            "$key",
            "$value"
        );
        removeDrift = StoreSchema.Prepare(connection, "DELETE FROM drift WHERE key=$key", "$key");
        readDrift = StoreSchema.Prepare(connection, "SELECT value FROM drift WHERE key=$key", "$key");
        hasDrift = StoreSchema.Prepare(connection, "SELECT EXISTS(SELECT 1 FROM drift)");
        countHash = StoreSchema.Prepare(
            connection,
            "SELECT COUNT(*) FROM entry WHERE key>=$from AND key<$to",
            "$from",
            "$to"
        );
        pullToReplica = StoreSchema.Prepare(
            connection,
            "DELETE FROM drift WHERE key>=$from AND key<$to AND key IN (SELECT key FROM entry WHERE key>=$from AND key<$to)",
            "$from",
            "$to"
        );
        pullToMain = StoreSchema.Prepare(
            connection,
            "INSERT INTO entry SELECT key,value FROM drift WHERE key>=$from AND key<$to AND value IS NOT NULL ON CONFLICT(key) DO UPDATE SET value=excluded.value",
            "$from",
            "$to"
        );
        settle = StoreSchema.Prepare(
            connection,
            "DELETE FROM drift WHERE key>=$from AND key<$to AND value IS NOT NULL",
            "$from",
            "$to"
        );
        UpdateDrifting();
    }

    /// <summary>Whether the two nodes differ anywhere.</summary>
    public bool IsDrifting => drifting;

    public void Begin() => begin.ExecuteNonQuery();

    public void Commit()
    {
        commit.ExecuteNonQuery();
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
            rollback.ExecuteNonQuery();
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
            Run(putDrift, write.Key, write.Value);
            drifting = true;
            return;
        }

        if (write.Stays)
        {
            Run(keepOld, write.Key);
            drifting = true;
        }
        else if (drifting)
        {
            Run(removeDrift, write.Key);
        }

        if (write.Value is null)
        {
            Run(remove, write.Key);
        }
        else
        {
            Run(put, write.Key, write.Value);
        }
    }

    /// <summary>Merges the other node's hash into this node's: what the other has wins, what only this one has
    /// stays.</summary>
    /// <returns>How many fields the other node sent.</returns>
    public long Pull(StoreNode node, string from, string to)
    {
        if (node is StoreNode.Replica)
        {
            RunRange(pullToReplica, from, to);
            return (long)Scalar(countHash, from, to)!;
        }

        RunRange(pullToMain, from, to);
        RunRange(settle, from, to);
        return (long)Scalar(countHash, from, to)!;
    }

    public void Dispose() => connection.Dispose();

    private bool HoldsAlready(StoreWrite write)
    {
        if (write.Node is StoreNode.Replica)
        {
            readDrift.Parameters[0].Value = write.Key;
            using var drift = readDrift.ExecuteReader();
            if (drift.Read())
            {
                return Same(drift.IsDBNull(0) ? null : drift.GetFieldValue<byte[]>(0), write.Value);
            }
        }

        read.Parameters[0].Value = write.Key;
        return Same(read.ExecuteScalar() as byte[], write.Value);
    }

    private static bool Same(byte[]? held, byte[]? written) =>
        held is null ? written is null : written is not null && held.AsSpan().SequenceEqual(written);

    private void UpdateDrifting() => drifting = (long)hasDrift.ExecuteScalar()! != 0;

    private static void Run(SqliteCommand command, string key)
    {
        command.Parameters[0].Value = key;
        command.ExecuteNonQuery();
    }

    private static void Run(SqliteCommand command, string key, byte[]? value)
    {
        command.Parameters[0].Value = key;
        command.Parameters[1].Value = (object?)value ?? DBNull.Value;
        command.ExecuteNonQuery();
    }

    private static void RunRange(SqliteCommand command, string from, string to)
    {
        command.Parameters[0].Value = from;
        command.Parameters[1].Value = to;
        command.ExecuteNonQuery();
    }

    private static object? Scalar(SqliteCommand command, string from, string to)
    {
        command.Parameters[0].Value = from;
        command.Parameters[1].Value = to;
        return command.ExecuteScalar();
    }
}
