using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace DataGen.Tests.Reliability;

/// <summary>The mock from outside: its switches, its counters, and what really lies in its store.</summary>
internal sealed class MockNode(Uri address, string folder) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = address };

    public Uri Address { get; } = address;

    /// <summary>Sets the switches it names and takes the others back.</summary>
    public async Task SetFaultsAsync(string json, CancellationToken cancellationToken)
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await http.PutAsync(new Uri("/mock/faults", UriKind.Relative), body, cancellationToken);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    public Task ClearFaultsAsync(CancellationToken cancellationToken) => SetFaultsAsync("{}", cancellationToken);

    /// <summary>The calls since the start.</summary>
    public async Task<InferenceCounts> CallsAsync(CancellationToken cancellationToken) =>
        InferenceCounts.Read(await InferenceAsync(cancellationToken));

    /// <summary>The tokens it has reported with whole records, of the prompts and of the answers.</summary>
    public async Task<(long Input, long Output)> TokensAsync(CancellationToken cancellationToken)
    {
        var counts = await InferenceAsync(cancellationToken);
        return (counts.GetProperty("promptTokens").GetInt64(), counts.GetProperty("completionTokens").GetInt64());
    }

    /// <summary>The text under a key, or null.</summary>
    public string? Value(string key) =>
        Query("SELECT key, value FROM entry WHERE key = $from", key, "").Select(entry => entry.Value).SingleOrDefault();

    /// <summary>The fields of a hash.</summary>
    public Dictionary<string, string> Hash(string hashKey) => Fields(hashKey).ToDictionary();

    /// <summary>The fields of a hash, one after the other.</summary>
    public IEnumerable<KeyValuePair<string, string>> Fields(string hashKey)
    {
        var prefix = DataGen.Mock.CStore.HashKey.Prefix(hashKey);
        return Query("SELECT key, value FROM entry WHERE key >= $from AND key < $to", prefix, $"{prefix[..^1]};")
            .Select(entry =>
                KeyValuePair.Create(
                    Encoding.UTF8.GetString(DataGen.Mock.CStore.HashKey.Field(entry.Key, prefix.Length)!),
                    entry.Value
                )
            );
    }

    /// <summary>Every key there is.</summary>
    public HashSet<string> Keys() => [.. Query("SELECT key, '' FROM entry", "", "").Select(entry => entry.Key)];

    /// <summary>Every file there is in R1FS.</summary>
    public HashSet<string> Files() =>
        [.. Directory.EnumerateFiles(Path.Combine(folder, "mock-files")).Select(path => Path.GetFileName(path))];

    /// <summary>A file of R1FS.</summary>
    public Task<byte[]> FileAsync(string cid, CancellationToken cancellationToken) =>
        http.GetByteArrayAsync(new Uri($"/get_file?cid={cid}", UriKind.Relative), cancellationToken);

    public void Dispose() => http.Dispose();

    private async Task<JsonElement> InferenceAsync(CancellationToken cancellationToken) =>
        JsonElement
            .Parse(await http.GetByteArrayAsync(new Uri("/mock/stats", UriKind.Relative), cancellationToken))
            .GetProperty("inference");

    // Past the mock's interface, which may be told to lie. A value is any JSON; DataGen's are strings that hold JSON.
    private IEnumerable<(string Key, string Value)> Query(string sql, string from, string to)
    {
        using var connection = new SqliteConnection(
            $"Data Source={Path.Combine(folder, "mock.db")};Mode=ReadOnly;Pooling=False"
        );
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$from", from);
        command.Parameters.AddWithValue("$to", to);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var value = reader.GetFieldValue<byte[]>(1);
            yield return (
                reader.GetString(0),
                value is [(byte)'"', ..] ? JsonSerializer.Deserialize<string>(value)! : Encoding.UTF8.GetString(value)
            );
        }
    }
}
