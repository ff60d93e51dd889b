using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DataGen.Ratio1;
using DataGen.Ratio1.CStore;

namespace DataGen.Tasks.Storage;

/// <summary>
/// Documents as JSON in the values and hash fields of CStore. A method that writes returns only when the store has
/// confirmed the write; every method throws a <see cref="Ratio1Exception"/> when CStore fails.
/// </summary>
internal sealed partial class JsonStore(ICStore store, ILogger<JsonStore> logger)
{
    /// <summary>The document of a key, or null when there is none.</summary>
    /// <exception cref="CStoreException">The key holds something else.</exception>
    public async Task<T?> ReadAsync<T>(string key, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        await store.GetAsync(key, cancellationToken) is not { } json
            ? null
            : Read(json, type)
                ?? throw new CStoreException($"What {key} holds is not what DataGen writes there.", isTransient: false);

    public Task WriteAsync<T>(string key, T document, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        store.SetAsync(key, JsonSerializer.Serialize(document, type), cancellationToken);

    public Task RemoveAsync(string key, CancellationToken cancellationToken) =>
        store.SetAsync(key, null, cancellationToken);

    /// <summary>The documents of a hash, by field. A field that holds something else is left out and logged: any app on
    /// the node can write any key, and one bad value must not break a whole list.</summary>
    public async Task<Dictionary<string, T>> ReadFieldsAsync<T>(
        string key,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken
    )
        where T : class
    {
        var documents = new Dictionary<string, T>();
        foreach (var (field, json) in await store.HashGetAllAsync(key, cancellationToken))
        {
            if (Read(json, type) is { } document)
            {
                documents.Add(field, document);
            }
            else
            {
                Log.Unreadable(logger, field);
            }
        }

        return documents;
    }

    public Task WriteFieldAsync<T>(
        string key,
        string field,
        T document,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken
    ) => store.HashSetAsync(key, field, JsonSerializer.Serialize(document, type), cancellationToken);

    public Task RemoveFieldAsync(string key, string field, CancellationToken cancellationToken) =>
        store.HashSetAsync(key, field, null, cancellationToken);

    private static T? Read<T>(string json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "What is stored for {Field} is not what DataGen writes there; it is left out."
        )]
        public static partial void Unreadable(ILogger logger, string field);
    }
}
