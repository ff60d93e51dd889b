using System.Collections.Concurrent;
using System.Threading.Channels;
using DataGen.Mock.Storage;
using Microsoft.Data.Sqlite;

namespace DataGen.Mock.CStore;

/// <summary>
/// The content of both nodes in one SQLite file. Writes that wait while one commit is on its way share the next; a
/// write returns when it is committed.
/// </summary>
internal sealed class StoreDatabase : IAsyncDisposable
{
    private const int MaxBatch = 512;
    private readonly string path;
    private readonly StoreWriter writer;
    private readonly Channel<Pending> queue = Channel.CreateUnbounded<Pending>(
        new UnboundedChannelOptions { SingleReader = true }
    );
    private readonly ConcurrentBag<StoreReader> readers = [];
    private readonly Task loop;

    public StoreDatabase(DataFolder folder)
    {
        path = folder.Database;
        writer = new StoreWriter(path);
        loop = Task.Run(WriteLoopAsync);
    }

    /// <summary>Writes; the task ends when the write is committed.</summary>
    /// <exception cref="SqliteException">Nothing was written: the disk is full, for instance.</exception>
    public Task WriteAsync(StoreWrite write) =>
        EnqueueAsync(writer =>
        {
            writer.Apply(write);
            return 0;
        });

    /// <summary>Merges the other node's hash into this node's.</summary>
    /// <returns>How many fields the other node sent.</returns>
    public Task<long> PullAsync(StoreNode node, string hashKey) =>
        EnqueueAsync(writer =>
        {
            var prefix = HashKey.Prefix(hashKey);
            return writer.Pull(node, prefix, End(prefix));
        });

    /// <summary>The JSON stored under a plain key, or null.</summary>
    public byte[]? Read(StoreNode node, string key)
    {
        var reader = Rent();
        var value = reader.Read(key, node is StoreNode.Replica && writer.IsDrifting);
        readers.Add(reader);
        return value;
    }

    /// <summary>Every field of a hash as UTF-8 with the JSON stored in it.</summary>
    public void ReadHash(StoreNode node, string hashKey, Action<byte[], byte[]> found)
    {
        var prefix = HashKey.Prefix(hashKey);
        var reader = Rent();
        reader.ReadRange(
            prefix,
            End(prefix),
            node is StoreNode.Replica && writer.IsDrifting,
            (key, value) =>
            {
                if (HashKey.Field(key, prefix.Length) is { } field)
                {
                    found(field, value);
                }
            }
        );
        readers.Add(reader);
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop;
        writer.Dispose();
        foreach (var reader in readers)
        {
            reader.Dispose();
        }
    }

    /// <summary>The first key after all that start with a prefix ending in a colon.</summary>
    private static string End(string prefix) => $"{prefix[..^1]};";

    private StoreReader Rent() => readers.TryTake(out var reader) ? reader : new StoreReader(path);

    private async Task<long> EnqueueAsync(Func<StoreWriter, long> work)
    {
        var pending = new Pending(work);
        if (!queue.Writer.TryWrite(pending))
        {
            throw new OperationCanceledException("The mock is stopping.");
        }

        return await pending.Task;
    }

    private async Task WriteLoopAsync()
    {
        var batch = new List<Pending>(MaxBatch);
        while (await queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < MaxBatch && queue.Reader.TryRead(out var pending))
            {
                batch.Add(pending);
            }

            if (TryCommit(batch) is { } failure)
            {
                // One write may have spoilt it for the others.
                foreach (var pending in batch)
                {
                    if ((batch.Count == 1 ? failure : TryCommit([pending])) is { } own)
                    {
                        pending.TrySetException(own);
                    }
                }
            }

            batch.Clear();
        }
    }

    private SqliteException? TryCommit(List<Pending> batch)
    {
        try
        {
            writer.Begin();
            foreach (var pending in batch)
            {
                pending.Run(writer);
            }

            writer.Commit();
        }
        catch (SqliteException exception)
        {
            writer.Rollback();
            return exception;
        }

        foreach (var pending in batch)
        {
            pending.Complete();
        }

        return null;
    }

    private sealed class Pending(Func<StoreWriter, long> work)
        : TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        private long result;

        public void Run(StoreWriter writer) => result = work(writer);

        public void Complete() => TrySetResult(result);
    }
}
