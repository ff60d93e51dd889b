using System.Security.Cryptography;
using System.Text;

namespace DataGen.Mock.CStore;

/// <summary>
/// How a node flattens hash fields into plain keys: <c>hs:</c>, the first ten hex digits of the hash key's SHA-256,
/// <c>:</c>, the field as padded
/// URL-safe base64; for example <c>hs:2bb80d537b:YWxpY2U=</c> is field <c>alice</c> of hash <c>secret</c>.
/// </summary>
internal static class HashKey
{
    private const int Digits = 10;

    /// <summary>What every field of the hash starts with.</summary>
    public static string Prefix(string hashKey) =>
        $"hs:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(hashKey)))[..Digits]}:";

    /// <summary>The plain key of a field.</summary>
    public static string Of(string hashKey, string field) =>
        Prefix(hashKey) + Convert.ToBase64String(Encoding.UTF8.GetBytes(field)).Replace('+', '-').Replace('/', '_');

    /// <summary>The field that a plain key stands for, as UTF-8; null when the key was not made by
    /// <see cref="Of"/>.</summary>
    public static byte[]? Field(string key, int prefixLength)
    {
        var text = key[prefixLength..].Replace('-', '+').Replace('_', '/');
        var field = new byte[text.Length];
        return Convert.TryFromBase64String(text, field, out var length) ? field[..length] : null;
    }
}
