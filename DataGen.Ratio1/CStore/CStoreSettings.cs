using System.Text.Json;
using DataGen.Ratio1.Settings;
using Microsoft.Extensions.Configuration;

namespace DataGen.Ratio1.CStore;

/// <summary>The settings of CStore, by the names that Ratio1's nodes inject (<c>EE_</c>, newer <c>R1EN_</c>) and the
/// operator uses.</summary>
internal static class CStoreSettings
{
    public const string RedisConnection = "ConnectionStrings:redis";

    private const string Kind = "DATAGEN_CSTORE";
    private const string Host = "EE_CHAINSTORE_API_HOST";
    private const string Port = "EE_CHAINSTORE_API_PORT";
    private const string Url = "R1EN_CHAINSTORE_API_URL";
    private const string LegacyUrl = "EE_CHAINSTORE_API_URL";
    private const string Peers = "R1EN_CHAINSTORE_PEERS";
    private const string LegacyPeers = "EE_CHAINSTORE_PEERS";

    /// <summary>Whether CStore is kept on Redis (<c>DATAGEN_CSTORE=redis</c>) instead of on a Ratio1 node.</summary>
    public static bool IsOnRedis(IConfiguration configuration) =>
        NodeAddress.Text(configuration, Kind)?.ToUpperInvariant() switch
        {
            null or "RATIO1" => false,
            "REDIS" => true,
            _ => throw BadSetting.Of<CStoreOptions>(Kind, "must be 'ratio1' (the default) or 'redis'."),
        };

    public static string RedisConnectionString(IConfiguration configuration) =>
        NodeAddress.Text(configuration, RedisConnection)
        ?? throw BadSetting.Of<CStoreOptions>(RedisConnection, $"is required when {Kind} is 'redis'.");

    public static CStoreOptions OfNode(IConfiguration configuration) =>
        new()
        {
            Address =
                NodeAddress.Read<CStoreOptions>(configuration, Host, Port, Url, LegacyUrl)
                ?? throw BadSetting.Of<CStoreOptions>(
                    Host,
                    $"is required: the host of the node's CStore (or its address in {Url} or {LegacyUrl})."
                ),
            Peers =
                NodeAddress.Text(configuration, Peers) is { } peers ? ParsePeers(Peers, peers)
                : NodeAddress.Text(configuration, LegacyPeers) is { } legacy ? ParsePeers(LegacyPeers, legacy)
                : [],
            MaximumAnswerBytes = AnswerLimit.Bytes<CStoreOptions>(configuration),
        };

    // Either ["0xai_A","0xai_B"] or 0xai_A, 0xai_B
    private static string[] ParsePeers(string name, string text)
    {
        if (!text.StartsWith('['))
        {
            return text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return
            [
                .. document
                    .RootElement.EnumerateArray()
                    .Select(peer => peer.GetString() ?? throw new JsonException())
                    .Where(peer => peer.Length > 0),
            ];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw BadSetting.Of<CStoreOptions>(name, "is neither a JSON array of strings nor a comma-separated list.");
        }
    }
}
