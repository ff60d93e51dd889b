namespace DataGen.Gateway.Sessions;

/// <summary>The claims of a session token.</summary>
/// <param name="Username">Canonical name of the user.</param>
/// <c>admin</c> or <c>user</c>, as it was when the session was opened; a change of role ends the session.
/// <param name="SessionId">The session's id.</param>
/// <param name="ExpiresAt">When the token ends (UTC).</param>
internal sealed record SessionClaims(string Username, string Role, string SessionId, DateTime ExpiresAt);
