using StackExchange.Redis;

namespace DataGen.Ratio1.CStore;

/// <summary>The same store on Redis, for use outside Ratio1: values are strings, hashes are Redis hashes.</summary>
/// <remarks>
/// A write is confirmed when the server has accepted it; the server's <c>appendonly</c> setting decides how soon it
/// reaches the disk. Keys have different prefixes for values and hashes, because in CStore a value and a hash of one
/// name are independent. Peers belong to Ratio1 and are not used.
/// </remarks>
internal sealed class RedisCStore(RedisConnection connection) : ICStore
{
    private const string ValuePrefix = "cstore:value:";
    private const string HashPrefix = "cstore:hash:";
    private static readonly string[] PermanentErrors = ["WRONGTYPE", "NOAUTH", "WRONGPASS", "NOPERM"];

    public Task PingAsync(CancellationToken cancellationToken) =>
        RunAsync("ping", database => database.PingAsync(), cancellationToken);

    public async Task<string?> GetAsync(string key, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return await RunAsync("get", database => database.StringGetAsync(ValuePrefix + key), cancellationToken);
    }

    public Task SetAsync(string key, string? value, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return RunAsync(
            "set",
            database =>
                value is null
                    ? database.KeyDeleteAsync(ValuePrefix + key)
                    : database.StringSetAsync(ValuePrefix + key, value),
            cancellationToken
        );
    }

    public async Task<string?> HashGetAsync(string hashKey, string field, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(hashKey);
        ArgumentException.ThrowIfNullOrEmpty(field);
        return await RunAsync(
            "hget",
            database => database.HashGetAsync(HashPrefix + hashKey, field),
            cancellationToken
        );
    }

    public Task HashSetAsync(string hashKey, string field, string? value, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(hashKey);
        ArgumentException.ThrowIfNullOrEmpty(field);
        return RunAsync(
            "hset",
            database =>
                value is null
                    ? database.HashDeleteAsync(HashPrefix + hashKey, field)
                    : database.HashSetAsync(HashPrefix + hashKey, field, value),
            cancellationToken
        );
    }

    public async Task<IReadOnlyDictionary<string, string>> HashGetAllAsync(
        string hashKey,
        CancellationToken cancellationToken
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(hashKey);
        var entries = await RunAsync(
            "hgetall",
            database => database.HashGetAllAsync(HashPrefix + hashKey),
            cancellationToken
        );
        return entries.ToDictionary(
            entry => entry.Name.ToString(),
            entry => entry.Value.ToString(),
            StringComparer.Ordinal
        );
    }

    private async Task<T> RunAsync<T>(
        string operation,
        Func<IDatabase, Task<T>> run,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await run(await connection.DatabaseAsync(cancellationToken)).WaitAsync(cancellationToken);
        }
        catch (RedisServerException exception)
        {
            // The server's own refusal, for example "OOM command not allowed" or "READONLY You can't write against a
            // read only replica."
            throw new CStoreException(
                $"CStore {operation}: Redis refused ({exception.Message}).",
                isTransient: IsTransient(exception),
                exception
            );
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            throw new CStoreException(
                $"CStore {operation}: Redis did not answer ({exception.GetType().Name}).",
                isTransient: true,
                exception
            );
        }
    }

    // A retry changes neither the type of the stored value nor the login in the connection string, so these errors are
    // permanent.
    private static bool IsTransient(RedisServerException exception) =>
        !PermanentErrors.Any(error => exception.Message.StartsWith(error, StringComparison.Ordinal));
}
