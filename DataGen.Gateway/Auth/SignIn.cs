using System.Threading.RateLimiting;
using DataGen.Gateway.Callers;
using DataGen.Gateway.Problems;
using DataGen.Gateway.Sessions;
using DataGen.Ratio1.Auth;
using DataGen.ServiceDefaults.Identity;

namespace DataGen.Gateway.Auth;

/// <summary>Opens sessions for callers with the right password, and closes them.</summary>
internal sealed partial class SignIn(
    IUserStore users,
    AdminBootstrap bootstrap,
    SignInThrottle throttle,
    DeviceCookie devices,
    SessionStore sessions,
    SessionTokens tokens,
    CallerAuthenticator authenticator,
    SessionSweeper sweeper,
    ILogger<SignIn> logger
) : IDisposable
{
    /// <summary>Attempts of unknown callers that wait for their password to be checked, a few seconds at most; further
    /// ones are refused.</summary>
    private const int MostWaiting = 16;

    /// <summary>Attempts of one known user that wait behind the one that is being checked.</summary>
    private const int MostWaitingPerUser = 4;

    /// <summary>Known users with waiting attempts.</summary>
    private const int MostUsersWaiting = 256;

    private static readonly TimeSpan QueueWait = TimeSpan.FromSeconds(2);

    /// <summary>A check takes a tenth of a second of a processor and 64 MiB, so checks get half of the
    /// processors.</summary>
    private readonly ConcurrencyLimiter strangers = new(
        new()
        {
            PermitLimit = Math.Max(1, Environment.ProcessorCount / 2),
            QueueLimit = MostWaiting,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        }
    );

    /// <summary>
    /// Users who have signed in before wait apart from a flood of unknown callers, and apart from each other: each user
    /// has a place of their own in this line, and another for browsers known by their cookie, which no one at the same
    /// address can take.
    /// </summary>
    private readonly FairQueue<(string Username, bool InOwnBrowser)> known = new(
        mostPerKey: MostWaitingPerUser,
        mostKeys: MostUsersWaiting
    );

    /// <summary>Checks the password and opens a session.</summary>
    /// <exception cref="FailureException">The caller is throttled, or the user store is not ready.</exception>
    /// <exception cref="AuthException">The credentials are wrong.</exception>
    /// <exception cref="Ratio1.CStore.CStoreException">CStore cannot be reached.</exception>
    public async Task<SignedIn> OpenAsync(
        HttpContext context,
        string username,
        string password,
        SessionKind kind,
        CancellationToken cancellationToken
    )
    {
        if (!bootstrap.IsReady)
        {
            throw new FailureException(Failure.StoreUnavailable());
        }

        var user = await CheckAsync(
            context,
            username,
            () => users.AuthenticateAsync(username, password, cancellationToken)
        );
        var address = context.Connection.RemoteIpAddress?.ToString();
        var session = await sessions.CreateAsync(
            user,
            kind,
            context.Request.Headers.UserAgent,
            address,
            cancellationToken
        );
        sweeper.Enqueue(user.Username);
        if (kind == SessionKind.Browser)
        {
            devices.Set(context, user.Username);
        }

        var role = RoleNames.Of(user.Role);
        Log.Opened(logger, user.Username, session.Id);
        return new SignedIn(
            user.Username,
            role,
            tokens.Issue(new SessionClaims(user.Username, role, session.Id, session.ExpiresAt)),
            session.ExpiresAt
        );
    }

    /// <summary>Checks a password under the throttle, a few checks at a time.</summary>
    /// <exception cref="FailureException">Too many attempts.</exception>
    public async Task<T> CheckAsync<T>(HttpContext context, string username, Func<Task<T>> check)
    {
        var name = Canonical(username);
        var (attempt, wait) = throttle.Count(
            new SignInAttempt(
                SignInThrottle.Network(context.Connection.RemoteIpAddress),
                name,
                devices.Of(context.Request, name)
            )
        );
        if (wait is { } time)
        {
            throw TooMany("Too many attempts with this name or from this address.", time);
        }

        using var turn =
            await TakeTurnAsync(attempt, context.RequestAborted)
            ?? throw TooMany("Too many people sign in just now.", QueueWait);

        try
        {
            var result = await check();
            throttle.Succeeded(attempt);
            return result;
        }
        catch (AuthException exception) when (exception.Code == AuthErrorCode.InvalidCredentials)
        {
            throttle.CountWrongPassword(attempt);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => strangers.Dispose();

    // Null: too many attempts wait.
    private async Task<IDisposable?> TakeTurnAsync(SignInAttempt attempt, CancellationToken cancellationToken)
    {
        if (throttle.IsKnown(attempt))
        {
            return await known.EnterAsync((attempt.Username, attempt.Device is not null), cancellationToken);
        }

        var lease = await strangers.AcquireAsync(1, cancellationToken);
        return lease.IsAcquired ? lease : null;
    }

    /// <summary>Ends the session of the request, if it has one.</summary>
    public async Task CloseAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (
            SessionCredential.Of(context.Request) is { } token
            && await authenticator.AuthenticateAsync(token, cancellationToken) is { } user
            && user.SessionId() is { } sessionId
        )
        {
            await sessions.EndAsync(user.Username(), sessionId, cancellationToken);
        }
    }

    private FailureException TooMany(string why, TimeSpan wait)
    {
        Log.Throttled(logger);
        return new FailureException(new Failure(StatusCodes.Status429TooManyRequests, why) { RetryAfter = wait });
    }

    // All spellings of one name share its attempts.
    private static string Canonical(string username)
    {
        try
        {
            return CanonicalUsername.Of(username);
        }
        catch (AuthException)
        {
            return "";
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Username} signed in, session {SessionId}.")]
        public static partial void Opened(ILogger logger, string username, string sessionId);

        [LoggerMessage(LogLevel.Warning, "Attempts to sign in are being throttled.")]
        public static partial void Throttled(ILogger logger);
    }
}
