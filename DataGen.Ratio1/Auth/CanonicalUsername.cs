using System.Buffers;

namespace DataGen.Ratio1.Auth;

/// <summary>Brings usernames into the one form under which a user is stored, exactly as cstore-auth-ts (JavaScript)
/// does.</summary>
/// <remarks>
/// JavaScript's <c>trim</c> removes U+FEFF, which .NET keeps, and keeps U+0085, which .NET removes. Of all letters
/// beyond ASCII only the Kelvin sign U+212A becomes an allowed one in lower case, so the folding below is complete and
/// does not depend on the host's globalization data.
/// </remarks>
public static class CanonicalUsername
{
    private const int MinimumLength = 3;
    private const int MaximumLength = 64;

    // ECMA-262: WhiteSpace (with every Unicode Zs) and LineTerminator.
    private const string JavaScriptWhiteSpace =
        "\t\n\u000b\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>The canonical form.</summary>
    /// <param name="username">The name as it was typed.</param>
    /// <exception cref="AuthException"><see cref="AuthErrorCode.InvalidUsername"/>.</exception>
    public static string Of(string? username)
    {
        if (username is null)
        {
            throw AuthErrors.InvalidUsername("value must be a string");
        }

        var trimmed = username.AsSpan().Trim(JavaScriptWhiteSpace);
        if (trimmed.IsEmpty)
        {
            throw AuthErrors.InvalidUsername("value must not be empty");
        }

        // İ is two characters in lower case. The name is invalid in any case; this keeps the message the same.
        var canonical = string.Create(trimmed.Length, trimmed, Fold)
            .Replace("\u0130", "i\u0307", StringComparison.Ordinal);
        if (canonical.Length is < MinimumLength or > MaximumLength)
        {
            throw AuthErrors.InvalidUsername($"length must be between {MinimumLength} and {MaximumLength} characters");
        }

        return canonical.AsSpan().ContainsAnyExcept(Allowed)
            ? throw AuthErrors.InvalidUsername(
                "only lowercase letters, numbers, \".\", \"-\", and \"_\" are allowed after canonicalization"
            )
            : canonical;
    }

    private static void Fold(Span<char> canonical, ReadOnlySpan<char> trimmed)
    {
        for (var i = 0; i < trimmed.Length; i++)
        {
            canonical[i] =
                trimmed[i] == '\u212a' ? 'k'
                : char.IsAsciiLetterUpper(trimmed[i]) ? (char)(trimmed[i] | 0x20)
                : trimmed[i];
        }
    }
}
