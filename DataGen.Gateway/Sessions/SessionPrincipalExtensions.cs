using System.Security.Claims;

namespace DataGen.Gateway.Sessions;

/// <summary>What an authenticated caller carries beside name and role.</summary>
internal static class SessionPrincipalExtensions
{
    /// <summary>The id of the caller's session; null when the caller shows an API token, which is no session.</summary>
    public static string? SessionId(this ClaimsPrincipal user) => user.FindFirstValue(SessionTokens.SessionIdClaim);
}
