using System.Text.Json;
using DataGen.Ratio1.Auth;
using DataGen.Ratio1.CStore;

namespace DataGen.Gateway.Sessions;

/// <summary>
/// Live sessions in CStore, a hash per user and a field per session. A field is written once, when its session opens,
/// and removed when it ends, so that a late write cannot revive an ended session. A session that stays valid under a
/// new password has a field of its own in another hash. So a lost write can lock a user out, but never let one in.
/// </summary>
internal sealed partial class SessionStore(
    ICStore store,
    SealedJson sealing,
    TimeProvider clock,
    ILogger<SessionStore> logger
)
{
    /// <summary>How long a session lives.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromDays(7);

    /// <summary>The longest that a request waits for its session: a node that is busy writing may take this
    /// long.</summary>
    private static readonly TimeSpan LongestLookup = TimeSpan.FromSeconds(15);

    private readonly SharedReads<(string Username, string Id), string?> reads = new(
        (key, cancellationToken) => store.HashGetAsync(HashKey(key.Username), key.Id, cancellationToken),
        LongestLookup
    );

    /// <summary>Opens a session: when this returns it is stored.</summary>
    public async Task<SessionRecord> CreateAsync(
        AuthUser user,
        SessionKind kind,
        string? userAgent,
        string? address,
        CancellationToken cancellationToken
    )
    {
        var now = WholeSecond(clock.GetUtcNow().UtcDateTime);
        var session = new SessionRecord(
            Guid.CreateVersion7(clock.GetUtcNow()).ToString(),
            kind,
            now,
            now + Lifetime,
            RoleNames.Of(user.Role),
            user.PasswordStamp,
            Cut(userAgent),
            address
        );
        await WriteAsync(user.Username, session, cancellationToken);
        return session;
    }

    /// <summary>Keeps a session valid under its user's new password.</summary>
    /// <param name="username">The session's user.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="passwordStamp">The stamp of the password that was set in the session
    /// (<see cref="AuthUser.PasswordStamp"/>).</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task RenewAsync(
        string username,
        string sessionId,
        string passwordStamp,
        CancellationToken cancellationToken
    ) =>
        store.HashSetAsync(
            RenewalsKey(username),
            sessionId,
            sealing.Seal(RenewalsKey(username), sessionId, Json(passwordStamp)),
            cancellationToken
        );

    /// <summary>Whether the session stays valid because its own user changed the password in it.</summary>
    /// <exception cref="CStoreException">CStore cannot be reached.</exception>
    public async Task<bool> IsRenewedAsync(
        string username,
        string sessionId,
        string passwordStamp,
        CancellationToken cancellationToken
    ) =>
        sealing.Open(
            RenewalsKey(username),
            sessionId,
            await store.HashGetAsync(RenewalsKey(username), sessionId, cancellationToken)
        ) == Json(passwordStamp);

    /// <summary>The session; null when it has ended, has expired or never existed.</summary>
    /// <exception cref="CStoreException">CStore cannot be reached.</exception>
    public async Task<SessionRecord?> FindAsync(
        string username,
        string sessionId,
        CancellationToken cancellationToken
    ) =>
        Read(username, sessionId, await reads.GetAsync((username, sessionId), cancellationToken)) is { } session
        && session.ExpiresAt > clock.GetUtcNow().UtcDateTime
            ? session
            : null;

    /// <summary>The user's live sessions, newest first.</summary>
    public async Task<IReadOnlyList<SessionRecord>> ListAsync(string username, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var fields = await store.HashGetAllAsync(HashKey(username), cancellationToken);
        return
        [
            .. fields
                .Select(field => Read(username, field.Key, field.Value))
                .OfType<SessionRecord>()
                .Where(session => session.ExpiresAt > now)
                .OrderByDescending(session => session.CreatedAt),
        ];
    }

    /// <summary>Ends a session; for an ended session nothing changes.</summary>
    public Task EndAsync(string username, string sessionId, CancellationToken cancellationToken) =>
        store.HashSetAsync(HashKey(username), sessionId, null, cancellationToken);

    /// <summary>Ends all the user's sessions but one.</summary>
    public Task EndAllAsync(string username, string? exceptId, CancellationToken cancellationToken) =>
        EndWhereAsync(username, field => field.Key != exceptId, cancellationToken);

    /// <summary>Removes expired and unreadable sessions, and what is left of ended ones.</summary>
    public async Task SweepAsync(string username, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await EndWhereAsync(
            username,
            field => Read(username, field.Key, field.Value) is not { } session || session.ExpiresAt <= now,
            cancellationToken
        );
        var sessions = await store.HashGetAllAsync(HashKey(username), cancellationToken);
        var renewals = await store.HashGetAllAsync(RenewalsKey(username), cancellationToken);
        await Task.WhenAll(
            renewals
                .Keys.Where(id => !sessions.ContainsKey(id))
                .Select(id => store.HashSetAsync(RenewalsKey(username), id, null, cancellationToken))
        );
    }

    // All at once, so that a slow node does not keep the last one alive for long, and one failure does not spare the
    // others.
    private async Task EndWhereAsync(
        string username,
        Func<KeyValuePair<string, string>, bool> ends,
        CancellationToken cancellationToken
    ) =>
        await Task.WhenAll(
            (await store.HashGetAllAsync(HashKey(username), cancellationToken))
                .Where(ends)
                .Select(field => EndAsync(username, field.Key, cancellationToken))
        );

    private static string HashKey(string username) => $"datagen:user:{username}:sessions";

    private static string Json(string passwordStamp) => $"\"{JsonEncodedText.Encode(passwordStamp)}\"";

    private static string RenewalsKey(string username) => $"datagen:user:{username}:sessions:renewals";

    /// <summary>Cut to whole seconds, because a token's expiry has no fractions and the record's has to be the same
    /// moment.</summary>
    private static DateTime WholeSecond(DateTime time) =>
        new(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);

    private static string? Cut(string? userAgent) => userAgent is { Length: > 200 } ? userAgent[..200] : userAgent;

    private Task WriteAsync(string username, SessionRecord session, CancellationToken cancellationToken) =>
        store.HashSetAsync(
            HashKey(username),
            session.Id,
            sealing.Seal(
                HashKey(username),
                session.Id,
                JsonSerializer.Serialize(session, SessionJson.Default.SessionRecord)
            ),
            cancellationToken
        );

    private SessionRecord? Read(string username, string id, string? stored)
    {
        try
        {
            if (sealing.Open(HashKey(username), id, stored) is { } json)
            {
                return JsonSerializer.Deserialize(json, SessionJson.Default.SessionRecord);
            }

            if (stored is not null)
            {
                Log.Malformed(logger);
            }

            return null;
        }
        catch (JsonException)
        {
            Log.Malformed(logger);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "A stored session cannot be read, or was not sealed here, and counts as none."
        )]
        public static partial void Malformed(ILogger logger);
    }
}
