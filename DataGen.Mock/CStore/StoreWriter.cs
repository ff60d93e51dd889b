using Microsoft.Data.Sqlite;

namespace DataGen.Mock.CStore;

/// <summary>The statements of the one connection that writes. Used by one thread at a time.</summary>
internal sealed class StoreWriter : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _rollback;
    private readonly SqliteCommand _put;
    private readonly SqliteCommand _remove;
    private readonly SqliteCommand _read;
    private readonly SqliteCommand _keepOld;
    private readonly SqliteCommand _putDrift;
    private readonly SqliteCommand _removeDrift;
    private readonly SqliteCommand _readDrift;
    private readonly SqliteCommand _hasDrift;
    private readonly SqliteCommand _pullToReplica;
    private readonly SqliteCommand _countHash;
    private readonly SqliteCommand _pullToMain;
    private readonly SqliteCommand _settle;
    private volatile bool _drifting;

    public StoreWriter(string path)
    {
        _connection = StoreSchema.Open(path, readOnly: false);
        _begin = StoreSchema.Prepare(_connection, "BEGIN IMMEDIATE");
        _commit = StoreSchema.Prepare(_connection, "COMMIT");
        _rollback = StoreSchema.Prepare(_connection, "ROLLBACK");
        _put = StoreSchema.Prepare(_connection, "INSERT INTO entry VALUES($key,$value) ON CONFLICT(key) DO UPDATE SET value=excluded.value", "$key", "$value");
        _remove = StoreSchema.Prepare(_connection, "DELETE FROM entry WHERE key=$key", "$key");
        _read = StoreSchema.Prepare(_connection, "SELECT value FROM entry WHERE key=$key", "$key");
        _keepOld = StoreSchema.Prepare(_connection, "INSERT INTO drift VALUES($key,(SELECT value FROM entry WHERE key=$key)) ON CONFLICT(key) DO NOTHING", "$key");
        _putDrift = StoreSchema.Prepare(_connection, "INSERT INTO drift VALUES($key,$value) ON CONFLICT(key) DO UPDATE SET value=excluded.value", "$key", "$value");
        _removeDrift = StoreSchema.Prepare(_connection, "DELETE FROM drift WHERE key=$key", "$key");
        _readDrift = StoreSchema.Prepare(_connection, "SELECT value FROM drift WHERE key=$key", "$key");
        _hasDrift = StoreSchema.Prepare(_connection, "SELECT EXISTS(SELECT 1 FROM drift)");
        _countHash = StoreSchema.Prepare(_connection, "SELECT COUNT(*) FROM entry WHERE key>=$from AND key<$to", "$from", "$to");
        _pullToReplica = StoreSchema.Prepare(_connection, "DELETE FROM drift WHERE key>=$from AND key<$to AND key IN (SELECT key FROM entry WHERE key>=$from AND key<$to)", "$from", "$to");
        _pullToMain = StoreSchema.Prepare(_connection, "INSERT INTO entry SELECT key,value FROM drift WHERE key>=$from AND key<$to AND value IS NOT NULL ON CONFLICT(key) DO UPDATE SET value=excluded.value", "$from", "$to");
        _settle = StoreSchema.Prepare(_connection, "DELETE FROM drift WHERE key>=$from AND key<$to AND value IS NOT NULL", "$from", "$to");
        UpdateDrifting();
    }

    /// <summary>Whether the two nodes differ anywhere.</summary>
    public bool IsDrifting => _drifting;

    public void Begin() => _begin.ExecuteNonQuery();

    public void Commit()
    {
        _commit.ExecuteNonQuery();
        if (_drifting) UpdateDrifting();
    }

    /// <summary>Undoes what was done since <see cref="Begin"/>; SQLite may have done so itself.</summary>
    public void Rollback()
    {
        try
        {
            _rollback.ExecuteNonQuery();
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
        if (_drifting && HoldsAlready(write)) return;
        if (write is { Stays: true, Node: StoreNode.Replica })
        {
            Run(_putDrift, write.Key, write.Value);
            _drifting = true;
            return;
        }

        if (write.Stays)
        {
            Run(_keepOld, write.Key);
            _drifting = true;
        }
        else if (_drifting)
        {
            Run(_removeDrift, write.Key);
        }

        if (write.Value is null) Run(_remove, write.Key);
        else Run(_put, write.Key, write.Value);
    }

    /// <summary>Merges the other node's hash into this node's: what the other has wins, what only this one has stays.</summary>
    /// <returns>How many fields the other node sent.</returns>
    public long Pull(StoreNode node, string from, string to)
    {
        if (node is StoreNode.Replica)
        {
            RunRange(_pullToReplica, from, to);
            return (long)Scalar(_countHash, from, to)!;
        }

        RunRange(_pullToMain, from, to);
        RunRange(_settle, from, to);
        return (long)Scalar(_countHash, from, to)!;
    }

    public void Dispose() => _connection.Dispose();

    private bool HoldsAlready(StoreWrite write)
    {
        if (write.Node is StoreNode.Replica)
        {
            _readDrift.Parameters[0].Value = write.Key;
            using var drift = _readDrift.ExecuteReader();
            if (drift.Read()) return Same(drift.IsDBNull(0) ? null : drift.GetFieldValue<byte[]>(0), write.Value);
        }

        _read.Parameters[0].Value = write.Key;
        return Same(_read.ExecuteScalar() as byte[], write.Value);
    }

    private static bool Same(byte[]? held, byte[]? written) =>
        held is null ? written is null : written is not null && held.AsSpan().SequenceEqual(written);

    private void UpdateDrifting() => _drifting = (long)_hasDrift.ExecuteScalar()! != 0;

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
