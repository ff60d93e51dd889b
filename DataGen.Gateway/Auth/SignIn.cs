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
    SessionStore sessions,
    SessionTokens tokens,
    CallerAuthenticator authenticator,
    SessionSweeper sweeper,
    ILogger<SignIn> logger
)
{
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
        var role = RoleNames.Of(user.Role);
        Log.Opened(logger, user.Username, session.Id);
        return new SignedIn(
            user.Username,
            role,
            tokens.Issue(new SessionClaims(user.Username, role, session.Id, session.ExpiresAt)),
            session.ExpiresAt
        );
    }

    /// <summary>Runs a check of a password under the throttle.</summary>
    /// <exception cref="FailureException">Too many attempts.</exception>
    public async Task<T> CheckAsync<T>(HttpContext context, string username, Func<Task<T>> check)
    {
        var address = context.Connection.RemoteIpAddress;
        if (throttle.Count(address, username) is { } wait)
        {
            Log.Throttled(logger);
            throw new FailureException(
                new Failure(
                    StatusCodes.Status429TooManyRequests,
                    "Too many attempts with this name or from this address."
                )
                {
                    RetryAfter = wait,
                }
            );
        }

        try
        {
            return await check();
        }
        catch (AuthException exception) when (exception.Code == AuthErrorCode.InvalidCredentials)
        {
            throttle.CountWrongPassword(address, username);
            throw;
        }
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

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Username} signed in, session {SessionId}.")]
        public static partial void Opened(ILogger logger, string username, string sessionId);

        [LoggerMessage(LogLevel.Warning, "Attempts to sign in are being throttled.")]
        public static partial void Throttled(ILogger logger);
    }
}
