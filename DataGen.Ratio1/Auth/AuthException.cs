namespace DataGen.Ratio1.Auth;

/// <summary>A mistake of the caller of the user store, or a problem with a stored user, with the codes of
/// cstore-auth-ts.</summary>
/// <param name="code">The kind of failure.</param>
/// <param name="message">A sentence for people; never holds a password or a hash.</param>
public sealed class AuthException(AuthErrorCode code, string message) : Exception(message)
{
    /// <summary>The kind of failure.</summary>
    public AuthErrorCode Code { get; } = code;

    /// <summary>The code as cstore-auth-ts spells it, for example <c>INVALID_CREDENTIALS</c>.</summary>
    public string WireCode =>
        string.Concat(
            Code.ToString()
                .Select(
                    (letter, i) => i > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{char.ToUpperInvariant(letter)}"
                )
        );
}
