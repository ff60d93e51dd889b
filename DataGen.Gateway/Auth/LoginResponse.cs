namespace DataGen.Gateway.Auth;

/// <summary>A browser that has been signed in; its token is in the cookie only.</summary>
internal sealed record LoginResponse(string Username, string Role, DateTime ExpiresAt);
