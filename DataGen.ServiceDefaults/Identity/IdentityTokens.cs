using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace DataGen.ServiceDefaults.Identity;

/// <summary>
/// Issues the short-lived signed token (a JWT, HS256) by which one service tells the next who the caller is. The
/// Gateway issues one per request for its user; Tasks issues one per Runner stream for the task's owner. Every service
/// behind the Gateway verifies the token itself.
/// </summary>
public sealed class IdentityTokens
{
    /// <summary>Issuer of every identity token.</summary>
    public const string Issuer = "datagen";

    /// <summary>Audience of every identity token.</summary>
    public const string Audience = "datagen-services";

    /// <summary>The claim that holds the canonical username.</summary>
    public const string NameClaim = "sub";

    /// <summary>The claim that holds the role: <c>admin</c>, <c>user</c> or <c>service</c>.</summary>
    public const string RoleClaim = "role";

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SymmetricSecurityKey key;
    private readonly TimeProvider clock;

    /// <param name="sessionSecret">The value of <c>DATAGEN_SESSION_SECRET</c>, the same in every service.</param>
    /// <param name="clock">The clock that expiry is counted on.</param>
    public IdentityTokens(string sessionSecret, TimeProvider clock)
    {
        key = new SymmetricSecurityKey(IdentityKeys.Derive(sessionSecret, IdentityKeys.IdentityToken));
        this.clock = clock;
    }

    /// <summary>How long a token is valid. It is checked when a call starts; a stream may outlive it.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromMinutes(2);

    /// <summary>A token for a call that is made for <paramref name="username"/> with the role
    /// <paramref name="role"/>.</summary>
    public string Issue(string username, string role)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return Handler.CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = Issuer,
                Audience = Audience,
                Subject = new ClaimsIdentity([new Claim(NameClaim, username), new Claim(RoleClaim, role)]),
                IssuedAt = now,
                NotBefore = now,
                Expires = now + Lifetime,
                SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
            }
        );
    }

    internal TokenValidationParameters ValidationParameters =>
        new()
        {
            ValidIssuer = Issuer,
            ValidAudience = Audience,
            IssuerSigningKey = key,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            NameClaimType = NameClaim,
            RoleClaimType = RoleClaim,
            ClockSkew = TimeSpan.FromSeconds(30),
            LifetimeValidator = (notBefore, expires, _, parameters) =>
                expires is { } end
                && end > clock.GetUtcNow().UtcDateTime - parameters.ClockSkew
                && (notBefore is not { } start || start < clock.GetUtcNow().UtcDateTime + parameters.ClockSkew),
        };
}
