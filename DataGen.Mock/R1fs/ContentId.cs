using System.Numerics;
using System.Security.Cryptography;

namespace DataGen.Mock.R1fs;

/// <summary>Content ids in IPFS's first form: base 58 of a SHA-256 multihash, 46 characters that begin with
/// <c>Qm</c>.</summary>
internal static class ContentId
{
    private const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private const int Length = 46;

    /// <summary>The id of some bytes.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> multihash = stackalloc byte[2 + SHA256.HashSizeInBytes];
        multihash[0] = 0x12;
        multihash[1] = SHA256.HashSizeInBytes;
        SHA256.HashData(bytes, multihash[2..]);
        var number = new BigInteger(multihash, isUnsigned: true, isBigEndian: true);
        var text = new Stack<char>(Length);
        while (number > 0)
        {
            number = BigInteger.DivRem(number, 58, out var digit);
            text.Push(Alphabet[(int)digit]);
        }

        return string.Concat(text);
    }

    /// <summary>Whether a text can be an id, and so be a file's name too.</summary>
    public static bool IsValid(string text) =>
        text.Length is Length && text.All(letter => Alphabet.Contains(letter, StringComparison.Ordinal));
}
