using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using DataGen.Ratio1.Auth;
using DataGen.Tests.Support;

namespace DataGen.Tests.Gateway;

/// <summary>Users in memory: <c>admin</c> and <c>ann</c> are there from the start. It follows the store when that is
/// away.</summary>
internal sealed class FakeUsers(InMemoryCStore store) : IUserStore
{
    public const string AdminPassword = "admin-password-7d1f";
    public const string AnnPassword = "ann-password-b2c4";
    private readonly ConcurrentDictionary<string, (AuthUser User, string Password)> users = new([
        KeyValuePair.Create("admin", (NewUser("admin", UserRole.Admin), AdminPassword)),
        KeyValuePair.Create("ann", (NewUser("ann", UserRole.User), AnnPassword)),
    ]);

    private int version;
    private int lookups;

    /// <summary>How often one user was read.</summary>
    public int Lookups => lookups;

    public bool HasNoBootstrapPassword { get; set; }

    public Func<Task> AfterAuthenticate { get; set; } = () => Task.CompletedTask;

    public async Task<bool> InitializeAsync(CancellationToken cancellationToken)
    {
        await store.PingAsync(cancellationToken);
        return HasNoBootstrapPassword
            ? throw new AuthException(AuthErrorCode.EnvVarMissing, "No bootstrap password.")
            : true;
    }

    public Task<bool> RestoreAdministratorAsync(CancellationToken cancellationToken) => Task.FromResult(true);

    public async Task<AuthUser> AuthenticateAsync(string username, string password, CancellationToken cancellationToken)
    {
        await store.PingAsync(cancellationToken);
        var name = Canonical(username);
        if (!users.TryGetValue(name, out var entry) || entry.Password != password || entry.User.IsDisabled)
        {
            throw new AuthException(AuthErrorCode.InvalidCredentials, "Invalid username or password.");
        }

        await AfterAuthenticate();
        return entry.User;
    }

    public async Task<AuthUser?> GetUserAsync(string username, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref lookups);
        await store.PingAsync(cancellationToken);
        return users.TryGetValue(Canonical(username), out var entry) ? entry.User : null;
    }

    public async Task<IReadOnlyList<AuthUser>> GetAllUsersAsync(CancellationToken cancellationToken)
    {
        // A real store answers later, so that two callers see the same.
        AuthUser[] all = [.. users.Values.Select(entry => entry.User)];
        await Task.Delay(1, cancellationToken);
        return [.. all.OrderBy(user => user.Username, StringComparer.Ordinal)];
    }

    public Task<AuthUser> CreateUserAsync(
        string username,
        string password,
        UserRole role,
        JsonObject? metadata,
        CancellationToken cancellationToken
    )
    {
        var user = NewUser(Canonical(username), role);
        return users.TryAdd(user.Username, (user, password))
            ? Task.FromResult(user)
            : throw new AuthException(AuthErrorCode.UserExists, "There is such a user.");
    }

    public Task<AuthUser> UpdateUserAsync(
        string username,
        UserRole? role,
        JsonObject? metadata,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult(
            Change(
                username,
                (user, password) =>
                    (user with { Role = role ?? user.Role, Metadata = metadata ?? user.Metadata }, password)
            )
        );

    /// <summary>Runs once, after a user has changed the password and before the caller hears of it.</summary>
    public Action? AfterPasswordChange { get; set; }

    public Task<AuthUser> ChangePasswordAsync(
        string username,
        string currentPassword,
        string newPassword,
        CancellationToken cancellationToken
    )
    {
        var changed = Change(
            username,
            (user, password) =>
                password == currentPassword
                    ? (user, newPassword)
                    : throw new AuthException(AuthErrorCode.InvalidCredentials, "Invalid username or password.")
        );
        AfterPasswordChange?.Invoke();
        return Task.FromResult(changed);
    }

    public Task<AuthUser> ResetPasswordAsync(
        string username,
        string newPassword,
        CancellationToken cancellationToken
    ) => Task.FromResult(Change(username, (user, _) => (user, newPassword)));

    public Task<AuthUser> SetDisabledAsync(string username, bool disabled, CancellationToken cancellationToken) =>
        Task.FromResult(
            Change(
                username,
                (user, password) => (user with { Metadata = new JsonObject { ["disabled"] = disabled } }, password)
            )
        );

    private static AuthUser NewUser(string name, UserRole role) =>
        new(name, role, [], "2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.000Z");

    private static string Canonical(string username)
    {
        var name = username.Trim().ToLowerInvariant();
        return
            name.Length is >= 3 and <= 64
            && name.All(letter =>
                char.IsAsciiLetterLower(letter)
                || char.IsAsciiDigit(letter)
                || "._-".Contains(letter, StringComparison.Ordinal)
            )
            ? name
            : throw new AuthException(
                AuthErrorCode.InvalidUsername,
                "A user name has 3 to 64 of a-z, 0-9, '.', '_' and '-'."
            );
    }

    private AuthUser Change(string username, Func<AuthUser, string, (AuthUser, string)> change)
    {
        var name = Canonical(username);
        if (!users.TryGetValue(name, out var entry))
        {
            throw new AuthException(AuthErrorCode.UserNotFound, "There is no such user.");
        }

        var (user, password) = change(entry.User, entry.Password);
        users[name] = (
            user with
            {
                PasswordStamp = password == entry.Password ? user.PasswordStamp : $"stamp-{version + 1}",
                UpdatedAt = $"2026-01-01T00:00:00.{Interlocked.Increment(ref version):000}Z",
            },
            password
        );
        return users[name].User;
    }
}
