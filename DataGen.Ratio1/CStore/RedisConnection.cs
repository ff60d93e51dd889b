using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace DataGen.Ratio1.CStore;

/// <summary>One connection to Redis, opened at the first use and kept; it reconnects by itself.</summary>
internal sealed class RedisConnection : IAsyncDisposable
{
    private readonly Lazy<Task<ConnectionMultiplexer>> connection;

    /// <param name="options">How to connect. When the server is away at the start, the client keeps trying.</param>
    /// <param name="loggers">The logger factory of the connection.</param>
    public RedisConnection(ConfigurationOptions options, ILoggerFactory loggers)
    {
        options.AbortOnConnectFail = false;
        options.LoggerFactory = loggers;
        connection = new(() => ConnectionMultiplexer.ConnectAsync(options));
    }

    public async Task<IDatabase> DatabaseAsync(CancellationToken cancellationToken) =>
        (await connection.Value.WaitAsync(cancellationToken)).GetDatabase();

    public async ValueTask DisposeAsync()
    {
        if (connection.IsValueCreated)
        {
            await (await connection.Value).DisposeAsync();
        }
    }
}
