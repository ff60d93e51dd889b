namespace DataGen.Ratio1.Auth;

/// <summary>The kinds of failure of cstore-auth-ts; see <see cref="AuthException.WireCode"/> for its own
/// spelling.</summary>
public enum AuthErrorCode
{
    /// <summary>ENV_VAR_MISSING: a required setting is not there.</summary>
    EnvVarMissing,

    /// <summary>AUTH_INIT_FAILED: the store could not be prepared.</summary>
    AuthInitFailed,

    /// <summary>USER_EXISTS.</summary>
    UserExists,

    /// <summary>USER_NOT_FOUND.</summary>
    UserNotFound,

    /// <summary>INVALID_USERNAME: not 3 to 64 of <c>a-z 0-9 . _ -</c> after canonicalisation.</summary>
    InvalidUsername,

    /// <summary>INVALID_PASSWORD: empty.</summary>
    InvalidPassword,

    /// <summary>INVALID_USER_ROLE.</summary>
    InvalidUserRole,

    /// <summary>INVALID_CREDENTIALS: "Invalid username or password."</summary>
    InvalidCredentials,

    /// <summary>PASSWORD_HASHER_UNAVAILABLE: the record names an algorithm this client does not have.</summary>
    PasswordHasherUnavailable,

    /// <summary>USER_SERIALIZATION: the stored record is malformed.</summary>
    UserSerialization,
}
