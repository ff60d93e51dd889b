using System.Globalization;
using System.Text.Json;
using DataGen.Ratio1.Auth;
using DataGen.Ratio1.CStore;
using DataGen.Ratio1.R1fs;
using Microsoft.Extensions.Configuration;

namespace DataGen.Ratio1.Settings;

/// <summary>Every setting this library reads, by the names that Ratio1's nodes inject (<c>EE_</c>, newer <c>R1EN_</c>)
/// and the operator uses.</summary>
internal static class Ratio1Settings
{
    public const string CStoreKind = "DATAGEN_CSTORE";
    public const string CStoreHost = "EE_CHAINSTORE_API_HOST";
    public const string CStorePort = "EE_CHAINSTORE_API_PORT";
    public const string CStoreUrl = "R1EN_CHAINSTORE_API_URL";
    public const string CStoreLegacyUrl = "EE_CHAINSTORE_API_URL";
    public const string Peers = "R1EN_CHAINSTORE_PEERS";
    public const string LegacyPeers = "EE_CHAINSTORE_PEERS";
    public const string R1fsHost = "EE_R1FS_API_HOST";
    public const string R1fsPort = "EE_R1FS_API_PORT";
    public const string R1fsUrl = "R1EN_R1FS_API_URL";
    public const string R1fsLegacyUrl = "EE_R1FS_API_URL";
    public const string MaximumAnswer = "DATAGEN_NODE_ANSWER_MB";
    public const string RedisConnection = "ConnectionStrings:redis";
    public const string AuthHashKey = "R1EN_CSTORE_AUTH_HKEY";
    public const string AuthSecret = "R1EN_CSTORE_AUTH_SECRET";
    public const string AuthBootstrapPassword = "R1EN_CSTORE_AUTH_BOOTSTRAP_ADMIN_PWD";
    public const string AuthHashFunction = "DATAGEN_PASSWORD_HASH";

    private static readonly string[] LegacyHashKey = ["EE_CSTORE_AUTH_HKEY"];
    private static readonly string[] LegacySecret = ["EE_CSTORE_AUTH_SECRET"];

    // cstore-auth-ts reads ..._PW; the original DataGen also offered ..._PWD.
    private static readonly string[] LegacyBootstrapPassword =
    [
        "EE_CSTORE_AUTH_BOOTSTRAP_ADMIN_PW",
        "EE_CSTORE_AUTH_BOOTSTRAP_ADMIN_PWD",
    ];

    /// <summary>Whether CStore is kept on Redis (<c>DATAGEN_CSTORE=redis</c>) instead of on a Ratio1 node.</summary>
    public static bool IsCStoreOnRedis(IConfiguration configuration) =>
        NodeAddress.Text(configuration, CStoreKind)?.ToUpperInvariant() switch
        {
            null or "RATIO1" => false,
            "REDIS" => true,
            _ => throw BadSetting.Of<CStoreOptions>(CStoreKind, "must be 'ratio1' (the default) or 'redis'."),
        };

    public static string RedisConnectionString(IConfiguration configuration) =>
        NodeAddress.Text(configuration, RedisConnection)
        ?? throw BadSetting.Of<CStoreOptions>(RedisConnection, $"is required when {CStoreKind} is 'redis'.");

    public static CStoreOptions CStore(IConfiguration configuration) =>
        new()
        {
            Address =
                NodeAddress.Read<CStoreOptions>(configuration, CStoreHost, CStorePort, CStoreUrl, CStoreLegacyUrl)
                ?? throw BadSetting.Of<CStoreOptions>(
                    CStoreHost,
                    $"is required: the host of the node's CStore (or its address in {CStoreUrl} or {CStoreLegacyUrl})."
                ),
            Peers =
                NodeAddress.Text(configuration, Peers) is { } peers ? ParsePeers(Peers, peers)
                : NodeAddress.Text(configuration, LegacyPeers) is { } legacy ? ParsePeers(LegacyPeers, legacy)
                : [],
            MaximumAnswerBytes = AnswerBytes<CStoreOptions>(configuration),
        };

    public static R1fsOptions? R1fs(IConfiguration configuration) =>
        NodeAddress.Read<R1fsOptions>(configuration, R1fsHost, R1fsPort, R1fsUrl, R1fsLegacyUrl) is { } address
            ? new R1fsOptions { Address = address, MaximumAnswerBytes = AnswerBytes<R1fsOptions>(configuration) }
            : null;

    /// <summary>
    /// The settings of the user store, resolved as cstore-auth-ts does: an explicit value, else the <c>R1EN_</c>
    /// variable, else the legacy one. A variable
    /// that is set but empty stops the search and then counts as missing. Values are used untrimmed.
    /// </summary>
    public static CStoreAuthOptions Auth(IConfiguration configuration, string? hashKey, string? secret) =>
        new()
        {
            HashKey = Required(AuthHashKey, hashKey ?? First(configuration, AuthHashKey, LegacyHashKey)),
            Secret = Required(AuthSecret, secret ?? First(configuration, AuthSecret, LegacySecret)),
            BootstrapPassword =
                First(configuration, AuthBootstrapPassword, LegacyBootstrapPassword) is { } password
                && !string.IsNullOrWhiteSpace(password)
                    ? password
                    : null,
            HashFunction = NodeAddress.Text(configuration, AuthHashFunction)?.ToUpperInvariant() switch
            {
                null or "ARGON2ID" => PasswordHashFunction.Argon2id,
                "SCRYPT" => PasswordHashFunction.Scrypt,
                _ => throw BadSetting.Of<CStoreAuthOptions>(
                    AuthHashFunction,
                    "must be 'argon2id' (the default) or 'scrypt'."
                ),
            },
        };

    private static long AnswerBytes<TOptions>(IConfiguration configuration) =>
        (NodeAddress.Text(configuration, MaximumAnswer) ?? "256") is var text
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var megabytes)
        && megabytes is > 0 and <= 2000
            ? megabytes * 1024L * 1024
            : throw BadSetting.Of<TOptions>(MaximumAnswer, "is not a whole number from 1 to 2000.");

    private static string? First(IConfiguration configuration, string name, string[] legacyNames) =>
        legacyNames.Prepend(name).Select(each => configuration[each]).FirstOrDefault(value => value is not null);

    private static string Required(string name, string? value) =>
        string.IsNullOrEmpty(value)
            ? throw BadSetting.Saying<CStoreAuthOptions>(name, AuthErrors.EnvVarMissing(name).Message)
            : value;

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
