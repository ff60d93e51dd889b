namespace DataGen.Gateway.Auth;

/// <summary>A session that has just been opened.</summary>
/// <param name="Username">Canonical name of the user.</param>
/// <param name="Role"><c>admin</c> or <c>user</c>.</param>
/// <param name="Token">The session token.</param>
/// <param name="ExpiresAt">When it ends (UTC).</param>
internal sealed record SignedIn(string Username, string Role, string Token, DateTime ExpiresAt);
