using System.Security.Claims;
using DataGen.Gateway.ApiTokens;
using DataGen.Gateway.Sessions;
using DataGen.Ratio1.CStore;
using DataGen.ServiceDefaults.Identity;

namespace DataGen.Gateway.Callers;

/// <summary>Authenticates session tokens and API tokens. For every request it checks the signature, the expiry, the
/// stored record and the user's own record.</summary>
internal sealed class CallerAuthenticator(
    SessionTokens tokens,
    SessionStore sessions,
    KnownUsers users,
    ApiTokenAuthenticator apiTokens
)
{
    /// <summary>The claim that holds an API token's id; such a caller has no session.</summary>
    private const string ApiTokenIdClaim = "tid";

    /// <summary>The caller; null when the token belongs to no live session and is not a valid API token.</summary>
    /// <exception cref="CStoreException">CStore cannot be reached.</exception>
    public async Task<ClaimsPrincipal?> AuthenticateAsync(string token, CancellationToken cancellationToken)
    {
        if (token.StartsWith(ApiTokenText.Prefix, StringComparison.Ordinal))
        {
            return await apiTokens.AuthenticateAsync(token, cancellationToken) is var (user, tokenId)
                ? Principal(user.Username, RoleNames.Of(user.Role), ApiTokenIdClaim, tokenId)
                : null;
        }

        return
            await tokens.ReadAsync(token) is { } claims
            && await LiveAsync(claims.Username, claims.SessionId, cancellationToken) is { } session
            && session.Role == claims.Role
            ? Principal(claims.Username, claims.Role, SessionTokens.SessionIdClaim, claims.SessionId)
            : null;
    }

    /// <summary>Whether the session or API token of <paramref name="user"/> is still valid.</summary>
    /// <exception cref="CStoreException">CStore cannot be reached.</exception>
    public async Task<bool> IsLiveAsync(ClaimsPrincipal user, CancellationToken cancellationToken) =>
        user.SessionId() is { } sessionId
            ? await LiveAsync(user.Username(), sessionId, cancellationToken) is not null
            : user.FindFirstValue(ApiTokenIdClaim) is { } tokenId
                && await apiTokens.IsLiveAsync(user.Username(), tokenId, cancellationToken);

    /// <summary>The session, if the user's record still allows it; the session's own record alone is not
    /// enough.</summary>
    private async Task<SessionRecord?> LiveAsync(string username, string sessionId, CancellationToken cancellationToken)
    {
        var asked = users.FindEnabledAsync(username, cancellationToken);
        var found = sessions.FindAsync(username, sessionId, cancellationToken);
        await Task.WhenAll(asked, found);
        return
            await asked is { } user
            && await found is { } session
            && session.Role == RoleNames.Of(user.Role)
            && (
                session.PasswordStamp == user.PasswordStamp
                || await sessions.IsRenewedAsync(username, sessionId, user.PasswordStamp, cancellationToken)
            )
            ? session
            : null;
    }

    private static ClaimsPrincipal Principal(string username, string role, string idClaim, string id) =>
        new(
            new ClaimsIdentity(
                [
                    new Claim(IdentityTokens.NameClaim, username),
                    new Claim(IdentityTokens.RoleClaim, role),
                    new Claim(idClaim, id),
                ],
                CallersExtensions.SchemeName,
                IdentityTokens.NameClaim,
                IdentityTokens.RoleClaim
            )
        );
}
