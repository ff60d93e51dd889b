namespace DataGen.Ratio1.CStore;

/// <summary>
/// Ratio1's CStore: a replicated key-value store of strings and hashes of strings. The last write wins and there is no
/// compare-and-set,
/// so every key and every hash field needs exactly one writer at a time.
/// </summary>
/// <remarks>
/// Values are strings, by the ecosystem's convention strings that hold JSON. Every method throws
/// <see cref="CStoreException"/> when the node
/// cannot be reached, refuses, or does not confirm; a write that threw may or may not have been applied and is safe to
/// repeat.
/// </remarks>
public interface ICStore
{
    /// <summary>Checks that the store answers.</summary>
    Task PingAsync(CancellationToken cancellationToken);

    /// <summary>The value of a key, or null when there is none.</summary>
    Task<string?> GetAsync(string key, CancellationToken cancellationToken);

    /// <summary>Writes a key; null removes it. Returns only when the store has confirmed it.</summary>
    Task SetAsync(string key, string? value, CancellationToken cancellationToken);

    /// <summary>The value of one field of a hash, or null when there is none.</summary>
    Task<string?> HashGetAsync(string hashKey, string field, CancellationToken cancellationToken);

    /// <summary>Writes one field of a hash; null removes it. Returns only when the store has confirmed it.</summary>
    Task HashSetAsync(string hashKey, string field, string? value, CancellationToken cancellationToken);

    /// <summary>All fields of a hash; empty when there is no such hash. Its cost grows with the whole hash.</summary>
    Task<IReadOnlyDictionary<string, string>> HashGetAllAsync(string hashKey, CancellationToken cancellationToken);
}
