using System.Security.Cryptography;
using System.Text;

namespace DataGen.ServiceDefaults.Identity;

/// <summary>Keys derived from <c>DATAGEN_SESSION_SECRET</c> with HKDF-SHA256 (RFC 5869), one per purpose, so that no
/// two uses share a key.</summary>
public static class IdentityKeys
{
    /// <summary>Signs the identity token that the services pass along.</summary>
    public const string IdentityToken = "datagen/identity-token/v1";

    /// <summary>Signs the sessions and API access tokens that the Gateway hands out.</summary>
    public const string Session = "datagen/session/v1";

    /// <summary>Seals what the Gateway stores, so that nobody else can write it.</summary>
    public const string StoredRecord = "datagen/stored-record/v1";

    /// <summary>Signs the cookie by which a browser that has signed in before is known.</summary>
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
