using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace DataGen.Gateway.ApiTokens;

/// <summary>The text of an API token, which its owner holds: <c>dg_{base64url(username)}.{id}.{secret}</c>. It names
/// its user, so that one look-up finds it.</summary>
internal sealed record ApiTokenText(string Username, string Id, string Secret)
{
    /// <summary>The start of every token, by which secret scanners recognise leaked ones.</summary>
    public const string Prefix = "dg_";

    private const int LongestText = 256;
    private const int SecretBytes = 32;

    /// <summary>A new token with a secret of 256 random bits.</summary>
    public static ApiTokenText New(string username, string id) =>
        new(username, id, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)));

    /// <summary>Reads what a caller sent; null when it is not an API token.</summary>
    public static ApiTokenText? Parse(string text)
    {
        if (
            text.Length > LongestText
            || !text.StartsWith(Prefix, StringComparison.Ordinal)
            || text[Prefix.Length..].Split('.') is not [var name, { Length: > 0 } id, { Length: > 0 } secret]
        )
        {
            return null;
        }

        if (!Base64Url.IsValid(name))
        {
            return null;
        }

        var username = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(name));
        return username.Length > 0 && username.All(IsNameLetter) ? new ApiTokenText(username, id, secret) : null;
    }

    /// <summary>Whether <paramref name="hash"/> is this secret's, in constant time.</summary>
    public bool Matches(string hash) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(hash), Encoding.UTF8.GetBytes(Hash()));

    /// <summary>The stored hash of the secret.</summary>
    public string Hash() => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Secret)));

    /// <summary>The whole token.</summary>
    public override string ToString() =>
        $"{Prefix}{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Username))}.{Id}.{Secret}";

    private static bool IsNameLetter(char letter) =>
        char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '.' or '_' or '-';
}
