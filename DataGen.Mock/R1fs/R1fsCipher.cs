using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace DataGen.Mock.R1fs;

/// <summary>
/// Encrypts as a node does: AES-256-GCM under the SHA-256 of the secret, with a random nonce unless one is given, so
/// that the same bytes get another
/// id each time. What is written: nonce, tag, then the cipher text of the name's length, the name and the bytes.
/// </summary>
internal static class R1fsCipher
{
    private const string DefaultSecret = "ratio1";
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    public static byte[] Encrypt(R1fsContent content, string? secret, long? nonce)
    {
        var name = Encoding.UTF8.GetBytes(content.Name);
        var plain = new byte[sizeof(int) + name.Length + content.Bytes.Length];
        BinaryPrimitives.WriteInt32LittleEndian(plain, name.Length);
        name.CopyTo(plain, sizeof(int));
        content.Bytes.CopyTo(plain, sizeof(int) + name.Length);

        var stored = new byte[NonceBytes + TagBytes + plain.Length];
        var nonceBytes = stored.AsSpan(0, NonceBytes);
        if (nonce is { } given)
        {
            BinaryPrimitives.WriteInt64BigEndian(nonceBytes[(NonceBytes - sizeof(long))..], given);
        }
        else
        {
            RandomNumberGenerator.Fill(nonceBytes);
        }

        using var aes = new AesGcm(Key(secret), TagBytes);
        aes.Encrypt(nonceBytes, plain, stored.AsSpan(NonceBytes + TagBytes), stored.AsSpan(NonceBytes, TagBytes));
        return stored;
    }

    /// <summary>The content, or null when the secret is another.</summary>
    public static R1fsContent? TryDecrypt(ReadOnlySpan<byte> stored, string? secret)
    {
        if (stored.Length < NonceBytes + TagBytes + sizeof(int))
        {
            return null;
        }

        var plain = new byte[stored.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(Key(secret), TagBytes);
        try
        {
            aes.Decrypt(
                stored[..NonceBytes],
                stored[(NonceBytes + TagBytes)..],
                stored.Slice(NonceBytes, TagBytes),
                plain
            );
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        var nameLength = BinaryPrimitives.ReadInt32LittleEndian(plain);
        return new R1fsContent(
            Encoding.UTF8.GetString(plain, sizeof(int), nameLength),
            plain[(sizeof(int) + nameLength)..]
        );
    }

    private static byte[] Key(string? secret) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.IsNullOrEmpty(secret) ? DefaultSecret : secret));
}
