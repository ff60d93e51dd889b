using System.Collections.Concurrent;
using DataGen.Ratio1.CStore;

namespace DataGen.Tests.Ratio1.Support;

/// <summary>A store in memory, with a switch for writes that are not confirmed although the value is kept, as a node
/// does it.</summary>
internal sealed class InMemoryCStore : ICStore
{
    private readonly ConcurrentDictionary<string, string> values = new();
    private readonly ConcurrentDictionary<(string HashKey, string Field), string> fields = new();

    public bool ConfirmsWrites { get; set; } = true;

    public int Writes { get; private set; }

    public Task PingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<string?> GetAsync(string key, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return values.GetValueOrDefault(key);
    }

    public async Task SetAsync(string key, string? value, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Keep(values, key, value);
    }

    public async Task<string?> HashGetAsync(string hashKey, string field, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return fields.GetValueOrDefault((hashKey, field));
    }

    public async Task HashSetAsync(string hashKey, string field, string? value, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Keep(fields, (hashKey, field), value);
    }

    public async Task<IReadOnlyDictionary<string, string>> HashGetAllAsync(
        string hashKey,
        CancellationToken cancellationToken
    )
    {
        await Task.Yield();
        return fields
            .Where(entry => entry.Key.HashKey == hashKey)
            .ToDictionary(entry => entry.Key.Field, entry => entry.Value);
    }

    private void Keep<TKey>(ConcurrentDictionary<TKey, string> entries, TKey key, string? value)
        where TKey : notnull
    {
        Writes++;
        if (value is null)
        {
            entries.TryRemove(key, out _);
        }
        else
        {
            entries[key] = value;
        }

        if (!ConfirmsWrites)
        {
            throw new CStoreException("CStore hset: the node did not confirm the write.", isTransient: true);
        }
    }
}
