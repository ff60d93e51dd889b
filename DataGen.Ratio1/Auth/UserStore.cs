using System.Text.Json.Nodes;
using DataGen.Ratio1.CStore;
using Microsoft.Extensions.Logging;

namespace DataGen.Ratio1.Auth;

/// <summary>Users in a CStore hash, compatible with <c>@ratio1/cstore-auth-ts</c> 1.0.0.</summary>
/// <remarks>
/// Stricter than the original where that is weak: an unknown user costs a hash like a known one, a write that the node
/// does not confirm is an error, and two changes of one user in this process run one after another. Between processes
/// the last write wins, because CStore has no compare-and-set; one process must own the users. A record stored as a
/// JSON object instead of a string, as other SDKs may do, is read too.
/// </remarks>
public sealed partial class UserStore : IUserStore, IDisposable
{
    private const string Admin = "admin";
    private const string DisabledMember = "disabled";

    private readonly ICStore store;
    private readonly CStoreAuthOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<UserStore> logger;
    private readonly PasswordHasher hasher;
    private readonly KeyedLock changes = new();
    private volatile bool initialized;

    /// <summary>Creates the store; nothing is read before the first call.</summary>
    /// <param name="store">The store with the hash of users.</param>
    /// <param name="options">The name of the hash, and the secrets.</param>
    /// <param name="time">The clock of <c>createdAt</c> and <c>updatedAt</c>.</param>
    /// <param name="logger">Logs malformed records and changed passwords, by username only.</param>
    public UserStore(ICStore store, CStoreAuthOptions options, TimeProvider time, ILogger<UserStore> logger)
        : this(store, options, time, logger, new PasswordHasher(options.Secret, options.HashFunction)) { }

    internal UserStore(
        ICStore store,
        CStoreAuthOptions options,
        TimeProvider time,
        ILogger<UserStore> logger,
        PasswordHasher hasher
    )
    {
        this.store = store;
        this.options = options;
        this.time = time;
        this.logger = logger;
        this.hasher = hasher;
    }

    /// <inheritdoc/>
    public Task<bool> InitializeAsync(CancellationToken cancellationToken) =>
        changes.RunAsync(
            Admin,
            async () =>
            {
                if (initialized)
                {
                    return false;
                }

                var missing = string.IsNullOrEmpty(await store.HashGetAsync(options.HashKey, Admin, cancellationToken));
                if (missing)
                {
                    var password =
                        options.BootstrapPassword
                        ?? throw AuthErrors.EnvVarMissing(CStoreAuthOptions.BootstrapPasswordSetting);
                    Log.Bootstrapping(logger);
                    await SaveNewAsync(Admin, password, UserRole.Admin, null, cancellationToken);
                }

                initialized = true;
                return missing;
            },
            cancellationToken
        );

    /// <inheritdoc/>
    public Task<bool> RestoreAdministratorAsync(CancellationToken cancellationToken) =>
        changes.RunAsync(
            Admin,
            async () =>
            {
                var users = await GetAllUsersAsync(cancellationToken);
                if (users.Any(user => user is { Role: UserRole.Admin, IsDisabled: false }))
                {
                    return true;
                }

                if (options.BootstrapPassword is not { } password)
                {
                    return false;
                }

                Log.Restoring(logger);
                await SaveNewAsync(Admin, password, UserRole.Admin, null, cancellationToken);
                return true;
            },
            cancellationToken
        );

    /// <inheritdoc/>
    public async Task<AuthUser> AuthenticateAsync(string username, string password, CancellationToken cancellationToken)
    {
        var canonical = CanonicalUsername.Of(username);
        return (await VerifiedAsync(canonical, password, cancellationToken)).ToUser();
    }

    /// <inheritdoc/>
    public async Task<AuthUser?> GetUserAsync(string username, CancellationToken cancellationToken) =>
        (await FindAsync(CanonicalUsername.Of(username), cancellationToken))?.ToUser();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AuthUser>> GetAllUsersAsync(CancellationToken cancellationToken)
    {
        var users = new List<AuthUser>();
        foreach (var (username, value) in await store.HashGetAllAsync(options.HashKey, cancellationToken))
        {
            try
            {
                users.Add(UserRecord.Parse(username, value).ToUser());
            }
            catch (AuthException exception)
            {
                Log.Malformed(logger, exception.Message);
            }
        }

        users.Sort((one, other) => string.CompareOrdinal(one.Username, other.Username));
        return users;
    }

    /// <inheritdoc/>
    public Task<AuthUser> CreateUserAsync(
        string username,
        string password,
        UserRole role,
        JsonObject? metadata,
        CancellationToken cancellationToken
    )
    {
        var canonical = CanonicalUsername.Of(username);
        return changes.RunAsync(
            canonical,
            async () =>
                string.IsNullOrEmpty(await store.HashGetAsync(options.HashKey, canonical, cancellationToken))
                    ? await SaveNewAsync(canonical, password, role, metadata, cancellationToken)
                    : throw AuthErrors.UserExists(canonical),
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public Task<AuthUser> UpdateUserAsync(
        string username,
        UserRole? role,
        JsonObject? metadata,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync(
            username,
            (record, _) =>
            {
                record.Update(role, metadata, time.GetUtcNow());
                return Task.CompletedTask;
            },
            cancellationToken
        );

    /// <inheritdoc/>
    public async Task<AuthUser> ChangePasswordAsync(
        string username,
        string currentPassword,
        string newPassword,
        CancellationToken cancellationToken
    )
    {
        var canonical = CanonicalUsername.Of(username);
        var changed = await changes.RunAsync(
            canonical,
            async () =>
            {
                var record = await VerifiedAsync(canonical, currentPassword, cancellationToken);
                record.SetPassword(await hasher.HashAsync(newPassword, cancellationToken), time.GetUtcNow());
                await SaveAsync(canonical, record, cancellationToken);
                Log.PasswordChanged(logger, canonical);
                return record;
            },
            cancellationToken
        );
        return changed.ToUser();
    }

    /// <inheritdoc/>
    public async Task<AuthUser> ResetPasswordAsync(
        string username,
        string newPassword,
        CancellationToken cancellationToken
    )
    {
        var user = await ChangeAsync(
            username,
            async (record, token) => record.SetPassword(await hasher.HashAsync(newPassword, token), time.GetUtcNow()),
            cancellationToken
        );
        Log.PasswordReset(logger, user.Username);
        return user;
    }

    /// <inheritdoc/>
    public Task<AuthUser> SetDisabledAsync(string username, bool disabled, CancellationToken cancellationToken) =>
        ChangeAsync(
            username,
            (record, _) =>
            {
                var metadata = record.ToUser().Metadata;
                if (disabled)
                {
                    metadata[DisabledMember] = true;
                }
                else
                {
                    metadata.Remove(DisabledMember);
                }

                record.Update(null, metadata, time.GetUtcNow());
                return Task.CompletedTask;
            },
            cancellationToken
        );

    /// <inheritdoc/>
    public void Dispose() => hasher.Dispose();

    private Task<AuthUser> ChangeAsync(
        string username,
        Func<UserRecord, CancellationToken, Task> change,
        CancellationToken cancellationToken
    )
    {
        var canonical = CanonicalUsername.Of(username);
        return changes.RunAsync(
            canonical,
            async () =>
            {
                var record = await FindAsync(canonical, cancellationToken) ?? throw AuthErrors.UserNotFound(canonical);
                await change(record, cancellationToken);
                await SaveAsync(canonical, record, cancellationToken);
                return record.ToUser();
            },
            cancellationToken
        );
    }

    /// <summary>The record, when the password is right. Every other case fails in the same way and after one
    /// hash.</summary>
    private async Task<UserRecord> VerifiedAsync(string canonical, string password, CancellationToken cancellationToken)
    {
        UserRecord? record = null;
        PasswordRecord? stored = null;
        try
        {
            record = await FindAsync(canonical, cancellationToken);
            stored = record?.Password is { } json ? PasswordRecord.Read(canonical, json) : null;
        }
        catch (AuthException exception)
        {
            Log.Malformed(logger, exception.Message);
        }

        var verified = await hasher.VerifyAsync(password, stored, cancellationToken);
        return verified && record is not null && !record.ToUser().IsDisabled
            ? record
            : throw AuthErrors.InvalidCredentials();
    }

    // An empty value counts as absent, as in cstore-auth-ts.
    private async Task<UserRecord?> FindAsync(string canonical, CancellationToken cancellationToken) =>
        await store.HashGetAsync(options.HashKey, canonical, cancellationToken) is { Length: > 0 } value
            ? UserRecord.Parse(canonical, value)
            : null;

    private async Task<AuthUser> SaveNewAsync(
        string canonical,
        string password,
        UserRole role,
        JsonObject? metadata,
        CancellationToken cancellationToken
    )
    {
        if (!Enum.IsDefined(role))
        {
            throw AuthErrors.InvalidUserRole(role);
        }

        var record = UserRecord.Create(
            canonical,
            await hasher.HashAsync(password, cancellationToken),
            role,
            metadata,
            time.GetUtcNow()
        );
        await SaveAsync(canonical, record, cancellationToken);
        return record.ToUser();
    }

    private Task SaveAsync(string canonical, UserRecord record, CancellationToken cancellationToken) =>
        store.HashSetAsync(options.HashKey, canonical, record.Stringify(), cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Bootstrapping default admin user.")]
        public static partial void Bootstrapping(ILogger logger);

        [LoggerMessage(
            LogLevel.Warning,
            "No user is an enabled administrator any more: admin becomes one again, with the bootstrap password."
        )]
        public static partial void Restoring(ILogger logger);

        [LoggerMessage(LogLevel.Error, "{Problem}")]
        public static partial void Malformed(ILogger logger, string problem);

        [LoggerMessage(LogLevel.Information, "Password changed successfully for user \"{Username}\"")]
        public static partial void PasswordChanged(ILogger logger, string username);

        [LoggerMessage(LogLevel.Information, "Password reset for user \"{Username}\"")]
        public static partial void PasswordReset(ILogger logger, string username);
    }
}
