using System.Collections.Concurrent;
using DataGen.Ratio1.CStore;

namespace DataGen.Tests.Support;

/// <summary>A CStore in memory that can be away, can hold its reads, and can leave writes unconfirmed.</summary>
internal sealed class InMemoryCStore : ICStore
{
    private readonly ConcurrentDictionary<(string Hash, string Field), string> fields = new();
    private int reads;
    private int writes;

    /// <summary>Whether every call fails.</summary>
    public bool IsAway { get; set; }

    /// <summary>Whether writes are confirmed. One that is not is kept all the same, as a node does it.</summary>
    public bool ConfirmsWrites { get; set; } = true;

    /// <summary>Awaited by every read before it answers.</summary>
    public Func<Task> BeforeRead { get; set; } = () => Task.CompletedTask;

    /// <summary>Awaited by every write before it is kept.</summary>
    public Func<Task> BeforeWrite { get; set; } = () => Task.CompletedTask;

    public int Reads => reads;

    public int Writes => writes;

    /// <summary>All that is stored; a plain value is a field of the hash without a name.</summary>
    public IReadOnlyDictionary<(string Hash, string Field), string> Fields => fields;

    public Task PingAsync(CancellationToken cancellationToken) => CheckAsync();

    public Task<string?> GetAsync(string key, CancellationToken cancellationToken) =>
        HashGetAsync("", key, cancellationToken);

    public Task SetAsync(string key, string? value, CancellationToken cancellationToken) =>
        HashSetAsync("", key, value, cancellationToken);

    public async Task<string?> HashGetAsync(string hashKey, string field, CancellationToken cancellationToken)
    {
        await CheckAsync();
        Interlocked.Increment(ref reads);
        await BeforeRead().WaitAsync(cancellationToken);
        return fields.GetValueOrDefault((hashKey, field));
    }

    public async Task HashSetAsync(string hashKey, string field, string? value, CancellationToken cancellationToken)
    {
        await CheckAsync();
        Interlocked.Increment(ref writes);
        await BeforeWrite().WaitAsync(cancellationToken);
        if (value is null)
        {
            fields.TryRemove((hashKey, field), out _);
        }
        else
        {
            fields[(hashKey, field)] = value;
        }

        if (!ConfirmsWrites)
        {
            throw new CStoreException("CStore hset: the node did not confirm the write.", isTransient: true);
        }
    }

    public async Task<IReadOnlyDictionary<string, string>> HashGetAllAsync(
        string hashKey,
        CancellationToken cancellationToken
    )
    {
        await CheckAsync();
        return fields
            .Where(entry => entry.Key.Hash == hashKey)
            .ToDictionary(entry => entry.Key.Field, entry => entry.Value);
    }

    // A real store answers later, never on the caller's stack.
    private async Task CheckAsync()
    {
        await Task.Yield();
        if (IsAway)
        {
            throw new CStoreException("hget: connection refused (10.1.2.3:31234)", isTransient: true);
        }
    }
}
