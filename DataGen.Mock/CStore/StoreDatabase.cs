using System.Collections.Concurrent;
using System.Threading.Channels;
using DataGen.Mock.Storage;
using Microsoft.Data.Sqlite;

namespace DataGen.Mock.CStore;

/// <summary>
/// The content of both nodes in one SQLite file. Writes that wait while one commit is on its way share the next; a write returns when it is committed.
/// </summary>
internal sealed class StoreDatabase : IAsyncDisposable
{
    private const int MaxBatch = 512;
    private readonly string _path;
    private readonly StoreWriter _writer;
    private readonly Channel<Pending> _queue = Channel.CreateUnbounded<Pending>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentBag<StoreReader> _readers = [];
    private readonly Task _loop;

    public StoreDatabase(DataFolder folder)
    {
        _path = folder.Database;
        _writer = new StoreWriter(_path);
        _loop = Task.Run(WriteLoopAsync);
    }

    /// <summary>Writes; the task ends when the write is committed.</summary>
    /// <exception cref="SqliteException">Nothing was written: the disk is full, for instance.</exception>
    public Task WriteAsync(StoreWrite write) => EnqueueAsync(writer =>
    {
        writer.Apply(write);
        return 0;
    });

    /// <summary>Merges the other node's hash into this node's.</summary>
    /// <returns>How many fields the other node sent.</returns>
    public Task<long> PullAsync(StoreNode node, string hashKey) => EnqueueAsync(writer =>
    {
        var prefix = HashKey.Prefix(hashKey);
        return writer.Pull(node, prefix, End(prefix));
    });

    /// <summary>The JSON stored under a plain key, or null.</summary>
    public byte[]? Read(StoreNode node, string key)
    {
        var reader = Rent();
        var value = reader.Read(key, node is StoreNode.Replica && _writer.IsDrifting);
        _readers.Add(reader);
        return value;
    }

    /// <summary>Every field of a hash as UTF-8 with the JSON stored in it.</summary>
    public void ReadHash(StoreNode node, string hashKey, Action<byte[], byte[]> found)
    {
        var prefix = HashKey.Prefix(hashKey);
        var reader = Rent();
        reader.ReadRange(prefix, End(prefix), node is StoreNode.Replica && _writer.IsDrifting, (key, value) =>
        {
            if (HashKey.Field(key, prefix.Length) is { } field) found(field, value);
        });
        _readers.Add(reader);
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
        _writer.Dispose();
        foreach (var reader in _readers) reader.Dispose();
    }

    /// <summary>The first key after all that start with a prefix ending in a colon.</summary>
    private static string End(string prefix) => $"{prefix[..^1]};";

    private StoreReader Rent() => _readers.TryTake(out var reader) ? reader : new StoreReader(_path);

    private async Task<long> EnqueueAsync(Func<StoreWriter, long> work)
    {
        var pending = new Pending(work);
        if (!_queue.Writer.TryWrite(pending)) throw new OperationCanceledException("The mock is stopping.");
        return await pending.Task;
    }

    private async Task WriteLoopAsync()
    {
        var batch = new List<Pending>(MaxBatch);
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < MaxBatch && _queue.Reader.TryRead(out var pending)) batch.Add(pending);
            if (TryCommit(batch) is { } failure)
            {
                // One write may have spoilt it for the others.
                foreach (var pending in batch)
                {
                    if ((batch.Count == 1 ? failure : TryCommit([pending])) is { } own) pending.TrySetException(own);
                }
            }

            batch.Clear();
        }
    }

    private SqliteException? TryCommit(List<Pending> batch)
    {
        try
        {
            _writer.Begin();
            foreach (var pending in batch) pending.Run(_writer);
            _writer.Commit();
        }
        catch (SqliteException exception)
        {
            _writer.Rollback();
            return exception;
        }

        foreach (var pending in batch) pending.Complete();
        return null;
    }

    private sealed class Pending(Func<StoreWriter, long> work) : TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        private long _result;

        public void Run(StoreWriter writer) => _result = work(writer);

        public void Complete() => TrySetResult(_result);
    }
}
