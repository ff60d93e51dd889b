using System.Text.Json.Nodes;

namespace DataGen.Ratio1.Auth;

/// <summary>
/// Users as <c>@ratio1/cstore-auth-ts</c> 1.0.0 stores them: one CStore hash, a field per canonical username, the same
/// records byte for byte.
/// </summary>
/// <remarks>
/// Every method throws <see cref="AuthException"/> for a mistake of the caller and <see cref="CStore.CStoreException"/>
/// when the store fails. Usernames are canonicalised first (trimmed as JavaScript trims, lower case, 3 to 64 of <c>a-z
/// 0-9 . _ -</c>).
/// </remarks>
public interface IUserStore
{
    /// <summary>Creates the user <c>admin</c> from the bootstrap password when there is none yet; does nothing
    /// otherwise. Safe to repeat.</summary>
    /// <returns>True when the admin was created by this call.</returns>
    /// <exception cref="AuthException">There is no admin and no bootstrap password
    /// (<see cref="AuthErrorCode.EnvVarMissing"/>).</exception>
    Task<bool> InitializeAsync(CancellationToken cancellationToken);

    /// <summary>Makes <c>admin</c> an enabled administrator with the bootstrap password again when no enabled
    /// administrator is left; does nothing otherwise, or without a bootstrap password. Not in cstore-auth-ts.</summary>
    /// <returns>False when there is no enabled administrator and no bootstrap password to make one with.</returns>
    Task<bool> RestoreAdministratorAsync(CancellationToken cancellationToken);

    /// <summary>The user, when the password is right and the user is not disabled.</summary>
    /// <exception cref="AuthException">
    /// <see cref="AuthErrorCode.InvalidUsername"/>, at once, for what cannot be a username (as in cstore-auth-ts);
    /// <see cref="AuthErrorCode.InvalidCredentials"/> for every other case, after the same time whether the user exists
    /// or not.
    /// </exception>
    Task<AuthUser> AuthenticateAsync(string username, string password, CancellationToken cancellationToken);

    /// <summary>The user, or null when there is none.</summary>
    Task<AuthUser?> GetUserAsync(string username, CancellationToken cancellationToken);

    /// <summary>Every well-formed user, by name; malformed records are logged and skipped.</summary>
    Task<IReadOnlyList<AuthUser>> GetAllUsersAsync(CancellationToken cancellationToken);

    /// <summary>Creates a user.</summary>
    /// <exception cref="AuthException"><see cref="AuthErrorCode.UserExists"/>,
    /// <see cref="AuthErrorCode.InvalidUsername"/>, <see cref="AuthErrorCode.InvalidPassword"/>.</exception>
    Task<AuthUser> CreateUserAsync(
        string username,
        string password,
        UserRole role,
        JsonObject? metadata,
        CancellationToken cancellationToken
    );

    /// <summary>Changes role or metadata (null: leave as it is; metadata replaces). Members this client does not know
    /// are kept.</summary>
    /// <exception cref="AuthException"><see cref="AuthErrorCode.UserNotFound"/>.</exception>
    Task<AuthUser> UpdateUserAsync(
        string username,
        UserRole? role,
        JsonObject? metadata,
        CancellationToken cancellationToken
    );

    /// <summary>Replaces the password after checking the present one.</summary>
    /// <returns>The user as this call stored it; another call may already have changed it again.</returns>
    /// <exception cref="AuthException">
    /// <see cref="AuthErrorCode.InvalidUsername"/>, <see cref="AuthErrorCode.InvalidCredentials"/>;
    /// <see cref="AuthErrorCode.InvalidPassword"/> for an empty new
    /// password, after the present one was right.
    /// </exception>
    Task<AuthUser> ChangePasswordAsync(
        string username,
        string currentPassword,
        string newPassword,
        CancellationToken cancellationToken
    );

    /// <summary>Replaces the password without the present one: an administrator's reset.</summary>
    /// <returns>The user as this call stored it; another call may already have changed it again.</returns>
    /// <exception cref="AuthException"><see cref="AuthErrorCode.UserNotFound"/>,
    /// <see cref="AuthErrorCode.InvalidPassword"/>.</exception>
    Task<AuthUser> ResetPasswordAsync(string username, string newPassword, CancellationToken cancellationToken);

    /// <summary>Disables or enables a user: the metadata member <c>disabled</c>. A disabled user cannot sign
    /// in.</summary>
    /// <exception cref="AuthException"><see cref="AuthErrorCode.UserNotFound"/>.</exception>
    Task<AuthUser> SetDisabledAsync(string username, bool disabled, CancellationToken cancellationToken);
}
