using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DataGen.ServiceDefaults.Identity;

namespace DataGen.Gateway.Sessions;

/// <summary>
/// Seals records that decide about access: <c>{"value":{…},"mac":"…"}</c>, with a MAC (HMAC-SHA256) over the value and
/// its place in the store. An attacker who can write CStore cannot make a sealed record, change one, or move it to
/// another user. An earlier record of the same place can be put back.
/// </summary>
/// <param name="secret">The value of <c>DATAGEN_SESSION_SECRET</c>, the same on every replica.</param>
internal sealed class SealedJson(string secret)
{
    private readonly byte[] key = IdentityKeys.Derive(secret, IdentityKeys.StoredRecord);

    /// <summary>The sealed form of a value for a field of a hash.</summary>
    public string Seal(string hashKey, string field, string json) =>
        $"{{\"value\":{json},\"mac\":\"{Mac(hashKey, field, json)}\"}}";

    /// <summary>The value stored in the field; null when there is none or its seal is not valid.</summary>
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

    // The lengths keep one part from being read as the end of the previous one.
    private string Mac(string hashKey, string field, string json) =>
        Base64Url.EncodeToString(
            HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{hashKey.Length}:{hashKey}{field.Length}:{field}{json}"))
        );
}
