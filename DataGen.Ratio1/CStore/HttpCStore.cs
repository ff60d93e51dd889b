using System.Text.Json;
using DataGen.Ratio1.Http;
using Microsoft.Extensions.Logging;

namespace DataGen.Ratio1.CStore;

/// <summary>CStore over the HTTP API of a Ratio1 node (edge_node cstore_manager_api.py), with the requests that
/// <c>@ratio1/edge-sdk-ts</c> sends.</summary>
/// <remarks>
/// Reads come from the asked node's own replica. A write returns when one peer has confirmed it. A node that answers
/// <c>false</c> may still have kept the value, so an exception never means that nothing was written.
/// </remarks>
public sealed class HttpCStore : ICStoreNode
{
    private readonly NodeClient node;
    private readonly CStoreOptions options;

    /// <summary>Creates a client.</summary>
    /// <param name="http">Sends the requests; without a time-out or retries of its own, which would cut a slow write
    /// short.</param>
    /// <param name="options">The node's address, deadline and retries.</param>
    /// <param name="time">The clock of deadlines and pauses.</param>
    /// <param name="logger">Logs repetitions; never keys or values.</param>
    public HttpCStore(HttpClient http, CStoreOptions options, TimeProvider time, ILogger<HttpCStore> logger)
    {
        this.options = options;
        node = new NodeClient("CStore", http, options, time, logger);
    }

    /// <inheritdoc/>
    public Task PingAsync(CancellationToken cancellationToken) => GetStatusAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<string?> GetAsync(string key, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return ReadAsync("get", FormQuery.Of(("key", key)), JsonAnswer.Value, cancellationToken);
    }

    /// <inheritdoc/>
    public Task SetAsync(string key, string? value, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return WriteAsync("set", null, key, value, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<string?> HashGetAsync(string hashKey, string field, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(hashKey);
        ArgumentException.ThrowIfNullOrEmpty(field);
        return ReadAsync("hget", FormQuery.Of(("hkey", hashKey), ("key", field)), JsonAnswer.Value, cancellationToken);
    }

    /// <inheritdoc/>
    public Task HashSetAsync(string hashKey, string field, string? value, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(hashKey);
        ArgumentException.ThrowIfNullOrEmpty(field);
        return WriteAsync("hset", hashKey, field, value, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, string>> HashGetAllAsync(
        string hashKey,
        CancellationToken cancellationToken
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(hashKey);
        var request = new NodeRequest("hgetall", FormQuery.Of(("hkey", hashKey)), null, options.ReadRetries);
        for (var repeats = 0; ; repeats++)
        {
            var fields = await CallAsync(
                request,
                result =>
                    result.ValueKind switch
                    {
                        JsonValueKind.Object => CStoreAnswer.Fields(result),
                        JsonValueKind.Null => [],
                        _ => throw node.Failure(
                            request,
                            "answered with something that is not a hash",
                            isTransient: false
                        ),
                    },
                cancellationToken
            );

            // {"error":"…"} is either an old node's exception or a hash whose only field has that name; a read of the
            // field shows which.
            if (
                fields.Count != 1
                || !fields.TryGetValue("error", out var words)
                || await HashGetAsync(hashKey, "error", cancellationToken) == words
            )
            {
                return fields;
            }

            if (repeats == options.ReadRetries)
            {
                throw Public(node.Failure(request, "answered with an error instead of a hash", isTransient: true));
            }
        }
    }

    /// <inheritdoc/>
    public Task<CStoreSync> HashSyncAsync(string hashKey, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(hashKey);
        var body = JsonBody.Of(writer =>
        {
            writer.WriteString("hkey", hashKey);
            WritePeers(writer);
        });

        // Not repeated: a second merge could restore older values over what was written in between.
        var request = new NodeRequest("hsync", "", body, Retries: 0);
        return CallAsync(
            request,
            result => new CStoreSync(
                JsonAnswer.Text(ThrowIfError(request, result), "hkey") ?? hashKey,
                JsonAnswer.Text(result, "source_peer"),
                int.TryParse(JsonAnswer.Text(result, "merged_fields"), out var merged) ? merged : null
            ),
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public async Task<CStoreStatus> GetStatusAsync(CancellationToken cancellationToken)
    {
        var request = new NodeRequest("get_status", "", null, options.ReadRetries);
        try
        {
            return await node.CallAsync(
                request,
                (root, result) =>
                    new CStoreStatus(
                        JsonAnswer.Text(ThrowIfError(request, result), "message"),
                        JsonAnswer.Text(root, "ee_node_address"),
                        JsonAnswer.Text(root, "ee_node_alias"),
                        JsonAnswer.Text(root, "ee_node_network"),
                        JsonAnswer.Text(root, "ee_node_ver")
                    ),
                cancellationToken
            );
        }
        catch (NodeException exception)
        {
            throw Public(exception);
        }
    }

    private static CStoreException Public(NodeException exception) =>
        new(exception.Message, exception.IsTransient, exception.InnerException);

    private Task<T> ReadAsync<T>(
        string endpoint,
        string query,
        Func<JsonElement, T> read,
        CancellationToken cancellationToken
    )
    {
        var request = new NodeRequest(endpoint, query, null, options.ReadRetries);
        return CallAsync(request, result => read(ThrowIfError(request, result)), cancellationToken);
    }

    private async Task WriteAsync(
        string endpoint,
        string? hashKey,
        string key,
        string? value,
        CancellationToken cancellationToken
    )
    {
        var body = JsonBody.Of(writer =>
        {
            // The order of the TypeScript SDK: hkey, key, value, chainstore_peers.
            if (hashKey is not null)
            {
                writer.WriteString("hkey", hashKey);
            }

            writer.WriteString("key", key);
            writer.WriteString("value", value);
            WritePeers(writer);
        });
        var request = new NodeRequest(endpoint, "", body, options.WriteRetries);
        var confirmed = await CallAsync(
            request,
            result => ThrowIfError(request, result).ValueKind == JsonValueKind.True,
            cancellationToken
        );
        if (!confirmed)
        {
            throw Public(node.Failure(request, "did not confirm the write", isTransient: true));
        }
    }

    private void WritePeers(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("chainstore_peers");
        foreach (var peer in options.Peers)
        {
            writer.WriteStringValue(peer);
        }

        writer.WriteEndArray();
    }

    private JsonElement ThrowIfError(NodeRequest request, JsonElement result) =>
        CStoreAnswer.Error(result) is { } words
            ? throw node.Failure(request, $"answered with an error ({words})", isTransient: true)
            : result;

    private async Task<T> CallAsync<T>(
        NodeRequest request,
        Func<JsonElement, T> read,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await node.CallAsync(request, (_, result) => read(result), cancellationToken);
        }
        catch (NodeException exception)
        {
            throw Public(exception);
        }
    }
}
