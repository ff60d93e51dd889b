using System.Security.Claims;

namespace DataGen.Gateway.Sessions;

/// <summary>The claims of a caller other than name and role.</summary>
internal static class SessionPrincipalExtensions
{
    /// <summary>The id of the caller's session; null for a caller with an API token.</summary>
    public static string? SessionId(this ClaimsPrincipal user) => user.FindFirstValue(SessionTokens.SessionIdClaim);
}
