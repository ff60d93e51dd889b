using System.Security.Claims;
using DataGen.ServiceDefaults.Identity;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace DataGen.Gateway.Sessions;

/// <summary>Signs and reads session tokens (JWT, HS256). A valid signature is not enough for a session: see <see
/// cref="SessionStore"/>.</summary>
/// <param name="secret">The value of <c>DATAGEN_SESSION_SECRET</c>, the same on every replica.</param>
/// <param name="clock">The clock that expiry is counted on.</param>
internal sealed class SessionTokens(string secret, TimeProvider clock)
{
    /// <summary>The claim that holds the session's id.</summary>
    public const string SessionIdClaim = "sid";

    private const string Issuer = "datagen";
    private const string Audience = "datagen-session";
    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SymmetricSecurityKey key = new(IdentityKeys.Derive(secret, IdentityKeys.Session));

    /// <summary>A token for a session that has been stored.</summary>
    public string Issue(SessionClaims claims) =>
        handler.CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = Issuer,
                Audience = Audience,
                Subject = new ClaimsIdentity([
                    new Claim(IdentityTokens.NameClaim, claims.Username),
                    new Claim(IdentityTokens.RoleClaim, claims.Role),
                    new Claim(SessionIdClaim, claims.SessionId),
                ]),
                IssuedAt = clock.GetUtcNow().UtcDateTime,
                Expires = claims.ExpiresAt,
                SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
            }
        );

    /// <summary>The token's claims; null when it was not signed here, has expired, or is not a token.</summary>
    public async Task<SessionClaims?> ReadAsync(string token)
    {
        var result = await handler.ValidateTokenAsync(
            token,
            new TokenValidationParameters
            {
                ValidIssuer = Issuer,
                ValidAudience = Audience,
                IssuerSigningKey = key,
                ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
                LifetimeValidator = (_, expires, _, _) => expires > clock.GetUtcNow().UtcDateTime,
            }
        );
        return
            result is { IsValid: true, SecurityToken: JsonWebToken jwt }
            && jwt.TryGetPayloadValue<string>(IdentityTokens.NameClaim, out var username)
            && jwt.TryGetPayloadValue<string>(IdentityTokens.RoleClaim, out var role)
            && jwt.TryGetPayloadValue<string>(SessionIdClaim, out var sessionId)
            ? new SessionClaims(username, role, sessionId, jwt.ValidTo)
            : null;
    }
}
