using System.Security.Cryptography;
using System.Text;

namespace DataGen.ServiceDefaults.Identity;

/// <summary>Keys derived from <c>DATAGEN_SESSION_SECRET</c> with HKDF-SHA256 (RFC 5869), one per purpose, so that no
/// two uses share a key.</summary>
public static class IdentityKeys
{
    /// <summary>Signs the identity tokens between services.</summary>
    public const string IdentityToken = "datagen/identity-token/v1";

    /// <summary>Signs the sessions and API access tokens that the Gateway issues.</summary>
    public const string Session = "datagen/session/v1";

    /// <summary>Seals records that the Gateway stores, so that no other program can make one.</summary>
    public const string StoredRecord = "datagen/stored-record/v1";

    /// <summary>Signs the cookie of a browser in which a user has signed in before.</summary>
    public const string Device = "datagen/device/v1";

    /// <summary>32 bytes for one purpose.</summary>
    public static byte[] Derive(string sessionSecret, string purpose) =>
        HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            Encoding.UTF8.GetBytes(sessionSecret),
            32,
            info: Encoding.UTF8.GetBytes(purpose)
        );
}
