using System.Collections.Concurrent;
using DataGen.Ratio1.CStore;

namespace DataGen.Tests.Gateway;

/// <summary>CStore in memory, with a switch that takes it away and a gate that holds its reads.</summary>
internal sealed class FakeStore : ICStore
{
    private readonly ConcurrentDictionary<(string Hash, string Field), string> fields = new();
    private int reads;

    public bool IsAway { get; set; }

    public Func<Task> BeforeRead { get; set; } = () => Task.CompletedTask;

    public int Reads => reads;

    public IReadOnlyDictionary<(string Hash, string Field), string> Fields => fields;

    public Task PingAsync(CancellationToken cancellationToken) => Check();

    public Task<string?> GetAsync(string key, CancellationToken cancellationToken) =>
        HashGetAsync("", key, cancellationToken);

    public Task SetAsync(string key, string? value, CancellationToken cancellationToken) =>
        HashSetAsync("", key, value, cancellationToken);

    public async Task<string?> HashGetAsync(string hashKey, string field, CancellationToken cancellationToken)
    {
        await Check();
        Interlocked.Increment(ref reads);
        await BeforeRead().WaitAsync(cancellationToken);
        return fields.GetValueOrDefault((hashKey, field));
    }

    public async Task HashSetAsync(string hashKey, string field, string? value, CancellationToken cancellationToken)
    {
        await Check();
        if (value is null)
        {
            fields.TryRemove((hashKey, field), out _);
        }
        else
        {
            fields[(hashKey, field)] = value;
        }
    }

    public async Task<IReadOnlyDictionary<string, string>> HashGetAllAsync(
        string hashKey,
        CancellationToken cancellationToken
    )
    {
        await Check();
        return fields
            .Where(entry => entry.Key.Hash == hashKey)
            .ToDictionary(entry => entry.Key.Field, entry => entry.Value);
    }

    private Task Check() =>
        IsAway
            ? throw new CStoreException("hget: connection refused (10.1.2.3:31234)", isTransient: true)
            : Task.CompletedTask;
}
