using System.Collections.Concurrent;
using DataGen.Ratio1.CStore;

namespace DataGen.Tests.Tasks;

/// <summary>A CStore in memory, with the faults that matter to a writer: refusing, keeping what it does not confirm,
/// being slow, being away.</summary>
internal sealed class MemoryStore : ICStore
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, string> values = new(StringComparer.Ordinal);
    private readonly List<(string Key, string? Value)> log = [];

    /// <summary>Asked before every write with the key: null confirms; otherwise the write fails, and with true is kept
    /// all the same.</summary>
    public Func<string, (string Problem, bool Kept)?> OnWrite { get; set; } = _ => null;

    /// <summary>Asked before every write with the key: a message refuses it for good, as a node does with a
    /// 4xx.</summary>
    public Func<string, string?> Refuses { get; set; } = _ => null;

    /// <summary>Asked before every call; a message makes it fail.</summary>
    public Func<string?> Away { get; set; } = () => null;

    /// <summary>Awaited with the key after a value was read and before it is given.</summary>
    public Func<string, Task> OnRead { get; set; } = _ => Task.CompletedTask;

    /// <summary>How long every write takes.</summary>
    public TimeSpan WriteTakes { get; set; }

    /// <summary>Every write that was applied, in order.</summary>
    public IReadOnlyList<(string Key, string? Value)> Log
    {
        get
        {
            lock (gate)
            {
                return [.. log];
            }
        }
    }

    /// <summary>Every key and hash that was read.</summary>
    public ConcurrentBag<string> Read { get; } = [];

    /// <summary>A store in which only the first <paramref name="writes"/> writes of <paramref name="log"/> happened:
    /// what a crash leaves.</summary>
    public static MemoryStore After(IReadOnlyList<(string Key, string? Value)> log, int writes)
    {
        var store = new MemoryStore();
        foreach (var (key, value) in log.Take(writes))
        {
            store.Apply(key, value);
        }

        return store;
    }

    /// <summary>Every key there is; a field of a hash as <c>hash#field</c>.</summary>
    public IReadOnlyList<string> Keys
    {
        get
        {
            lock (gate)
            {
                return [.. values.Keys];
            }
        }
    }

    public string? Peek(string key)
    {
        lock (gate)
        {
            return values.GetValueOrDefault(key);
        }
    }

    public Task PingAsync(CancellationToken cancellationToken) => CheckAsync();

    public async Task<string?> GetAsync(string key, CancellationToken cancellationToken)
    {
        await CheckAsync();
        Read.Add(key);
        var value = Peek(key);
        await OnRead(key);
        return value;
    }

    public Task SetAsync(string key, string? value, CancellationToken cancellationToken) =>
        WriteAsync(key, value, cancellationToken);

    public Task<string?> HashGetAsync(string hashKey, string field, CancellationToken cancellationToken) =>
        GetAsync(FieldKey(hashKey, field), cancellationToken);

    public Task HashSetAsync(string hashKey, string field, string? value, CancellationToken cancellationToken) =>
        WriteAsync(FieldKey(hashKey, field), value, cancellationToken);

    public async Task<IReadOnlyDictionary<string, string>> HashGetAllAsync(
        string hashKey,
        CancellationToken cancellationToken
    )
    {
        await CheckAsync();
        Read.Add(hashKey);
        return PeekAll(hashKey);
    }

    public IReadOnlyDictionary<string, string> PeekAll(string hashKey)
    {
        lock (gate)
        {
            var prefix = FieldKey(hashKey, "");
            return values
                .Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
                .ToDictionary(pair => pair.Key[prefix.Length..], pair => pair.Value);
        }
    }

    private static string FieldKey(string hashKey, string field) => $"{hashKey}#{field}";

    private async Task CheckAsync()
    {
        await Task.Yield();
        if (Away() is { } problem)
        {
            throw new CStoreException(problem, isTransient: true);
        }
    }

    private async Task WriteAsync(string key, string? value, CancellationToken cancellationToken)
    {
        await CheckAsync();
        if (WriteTakes > TimeSpan.Zero)
        {
            await Task.Delay(WriteTakes, cancellationToken);
        }

        if (Refuses(key) is { } refusal)
        {
            throw new CStoreException(refusal, isTransient: false);
        }

        var fault = OnWrite(key);
        if (fault is null or { Kept: true })
        {
            Apply(key, value);
        }

        if (fault is var (problem, _))
        {
            throw new CStoreException(problem, isTransient: true);
        }
    }

    private void Apply(string key, string? value)
    {
        lock (gate)
        {
            log.Add((key, value));
            if (value is null)
            {
                values.Remove(key);
            }
            else
            {
                values[key] = value;
            }
        }
    }
}
