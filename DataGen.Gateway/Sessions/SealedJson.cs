using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DataGen.ServiceDefaults.Identity;

namespace DataGen.Gateway.Sessions;

/// <summary>
/// Seals records that decide who is let in: <c>{"value":{…},"mac":"…"}</c>, the MAC (HMAC-SHA256) over the value and the
/// place it stands at. Somebody who can write CStore can neither make one, nor change one, nor move it to another user. What
/// was stored at the same place before can be put back.
/// </summary>
/// <param name="secret">The value of <c>DATAGEN_SESSION_SECRET</c>, the same on every replica.</param>
internal sealed class SealedJson(string secret)
{
    private readonly byte[] key = IdentityKeys.Derive(secret, IdentityKeys.StoredRecord);

    /// <summary>The value as it is stored at a field of a hash.</summary>
    public string Seal(string hashKey, string field, string json) =>
        $"{{\"value\":{json},\"mac\":\"{Mac(hashKey, field, json)}\"}}";

    /// <summary>The value that is stored there; null when there is none or it was not sealed here.</summary>
    public string? Open(string hashKey, string field, string? stored)
    {
        if (stored is null)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(stored);
            return
                document.RootElement.TryGetProperty("value"u8, out var value)
                && document.RootElement.TryGetProperty("mac"u8, out var mac)
                && value.GetRawText() is var json
                && CryptographicOperations.FixedTimeEquals(
                    Encoding.UTF8.GetBytes(mac.GetString() ?? ""),
                    Encoding.UTF8.GetBytes(Mac(hashKey, field, json))
                )
                ? json
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // The lengths keep a part from being taken for the end of the one before.
    private string Mac(string hashKey, string field, string json) =>
        Base64Url.EncodeToString(
            HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{hashKey.Length}:{hashKey}{field.Length}:{field}{json}"))
        );
}
