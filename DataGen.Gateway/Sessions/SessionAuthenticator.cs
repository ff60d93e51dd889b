using System.Security.Claims;
using DataGen.Ratio1.CStore;
using DataGen.ServiceDefaults.Identity;

namespace DataGen.Gateway.Sessions;

/// <summary>Says who is behind a session token now: signature, expiry and the live record, each time.</summary>
internal sealed class SessionAuthenticator(SessionTokens tokens, SessionStore sessions)
{
    /// <summary>The caller, or null when the token is no live session.</summary>
    /// <exception cref="CStoreException">CStore cannot say.</exception>
    public async Task<ClaimsPrincipal?> AuthenticateAsync(string token, CancellationToken cancellationToken) =>
        await tokens.ReadAsync(token) is { } claims && await sessions.FindAsync(claims.Username, claims.SessionId, cancellationToken) is not null
            ? Principal(claims)
            : null;

    /// <summary>Whether the session that once let <paramref name="user"/> in is still live.</summary>
    /// <exception cref="CStoreException">CStore cannot say.</exception>
    public async Task<bool> IsLiveAsync(ClaimsPrincipal user, CancellationToken cancellationToken) =>
        user.SessionId() is { } sessionId && await sessions.FindAsync(user.Username(), sessionId, cancellationToken) is not null;

    private static ClaimsPrincipal Principal(SessionClaims claims) => new(new ClaimsIdentity(
        [
            new Claim(IdentityTokens.NameClaim, claims.Username),
            new Claim(IdentityTokens.RoleClaim, claims.Role),
            new Claim(SessionTokens.SessionIdClaim, claims.SessionId),
        ],
        SessionAuthenticationHandler.SchemeName,
        IdentityTokens.NameClaim,
        IdentityTokens.RoleClaim));
}
