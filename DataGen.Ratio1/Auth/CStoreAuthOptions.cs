using DataGen.Ratio1.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DataGen.Ratio1.Auth;

/// <summary>The place of the users and the secrets of their passwords. Not a record, so that no log prints it by
/// accident.</summary>
public sealed class CStoreAuthOptions
{
    internal const string BootstrapPasswordSetting = "R1EN_CSTORE_AUTH_BOOTSTRAP_ADMIN_PWD";

    private const string HashKeySetting = "R1EN_CSTORE_AUTH_HKEY";
    private const string SecretSetting = "R1EN_CSTORE_AUTH_SECRET";
    private const string HashFunctionSetting = "DATAGEN_PASSWORD_HASH";

    private static readonly string[] LegacyHashKey = ["EE_CSTORE_AUTH_HKEY"];
    private static readonly string[] LegacySecret = ["EE_CSTORE_AUTH_SECRET"];

    // cstore-auth-ts reads ..._PW; the original DataGen also offered ..._PWD.
    private static readonly string[] LegacyBootstrapPassword =
    [
        "EE_CSTORE_AUTH_BOOTSTRAP_ADMIN_PW",
        "EE_CSTORE_AUTH_BOOTSTRAP_ADMIN_PWD",
    ];

    /// <summary>The CStore hash that holds a field per user (<c>R1EN_CSTORE_AUTH_HKEY</c>).</summary>
    public required string HashKey { get; init; }

    /// <summary>The pepper mixed into every password hash (<c>R1EN_CSTORE_AUTH_SECRET</c>). Changing it locks every
    /// user out.</summary>
    public required string Secret { get; init; }

    /// <summary>The password with which the user <c>admin</c> is created when there is none
    /// (<c>R1EN_CSTORE_AUTH_BOOTSTRAP_ADMIN_PWD</c>); null when not set.</summary>
    public string? BootstrapPassword { get; init; }

    /// <summary>
    /// The hash function of new passwords (<c>DATAGEN_PASSWORD_HASH</c>: <c>argon2id</c>, the default, or
    /// <c>scrypt</c>). Records of both kinds are always verified. A cstore-auth-ts whose Argon2 module cannot load
    /// verifies only scrypt, so together with such an app new records must be scrypt.
    /// </summary>
    public PasswordHashFunction HashFunction { get; init; } = PasswordHashFunction.Argon2id;

    /// <summary>
    /// Reads the settings as cstore-auth-ts resolves its environment: the explicit value, else the <c>R1EN_</c>
    /// variable, else the legacy <c>EE_</c> one. A
    /// variable that is set but empty stops the search and counts as missing. The legacy bootstrap password is
    /// <c>EE_CSTORE_AUTH_BOOTSTRAP_ADMIN_PW</c>,
    /// else <c>…_PWD</c>; a blank one counts as missing, any other is used untrimmed.
    /// </summary>
    /// <exception cref="OptionsValidationException">The hash key or the secret is missing; the message names the
    /// variable.</exception>
    public static CStoreAuthOptions FromConfiguration(
        IConfiguration configuration,
        string? hashKey = null,
        string? secret = null
    ) =>
        new()
        {
            HashKey = Required(HashKeySetting, hashKey ?? First(configuration, HashKeySetting, LegacyHashKey)),
            Secret = Required(SecretSetting, secret ?? First(configuration, SecretSetting, LegacySecret)),
            BootstrapPassword =
                First(configuration, BootstrapPasswordSetting, LegacyBootstrapPassword) is { } password
                && !string.IsNullOrWhiteSpace(password)
                    ? password
                    : null,
            HashFunction = NodeAddress.Text(configuration, HashFunctionSetting)?.ToUpperInvariant() switch
            {
                null or "ARGON2ID" => PasswordHashFunction.Argon2id,
                "SCRYPT" => PasswordHashFunction.Scrypt,
                _ => throw BadSetting.Of<CStoreAuthOptions>(
                    HashFunctionSetting,
                    "must be 'argon2id' (the default) or 'scrypt'."
                ),
            },
        };

    private static string? First(IConfiguration configuration, string name, string[] legacyNames) =>
        legacyNames.Prepend(name).Select(each => configuration[each]).FirstOrDefault(value => value is not null);

    private static string Required(string name, string? value) =>
        string.IsNullOrEmpty(value)
            ? throw BadSetting.Saying<CStoreAuthOptions>(name, AuthErrors.EnvVarMissing(name).Message)
            : value;
}
