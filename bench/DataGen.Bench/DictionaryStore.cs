using System.Collections.Concurrent;
using DataGen.Ratio1.CStore;

namespace DataGen.Bench;

/// <summary>A store that costs nothing, so that what is measured is the hashing.</summary>
internal sealed class DictionaryStore : ICStore
{
    private readonly ConcurrentDictionary<(string Key, string Field), string> values = [];

    public Task PingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<string?> GetAsync(string key, CancellationToken cancellationToken) =>
        HashGetAsync(key, "", cancellationToken);

    public Task SetAsync(string key, string? value, CancellationToken cancellationToken) =>
        HashSetAsync(key, "", value, cancellationToken);

    public Task<string?> HashGetAsync(string hashKey, string field, CancellationToken cancellationToken) =>
        Task.FromResult(values.GetValueOrDefault((hashKey, field)));

    public Task HashSetAsync(string hashKey, string field, string? value, CancellationToken cancellationToken)
    {
        if (value is null)
        {
            values.TryRemove((hashKey, field), out _);
        }
        else
        {
            values[(hashKey, field)] = value;
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyDictionary<string, string>> HashGetAllAsync(
        string hashKey,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(
            values.Where(pair => pair.Key.Key == hashKey).ToDictionary(pair => pair.Key.Field, pair => pair.Value)
        );
}
