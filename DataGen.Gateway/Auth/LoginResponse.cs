namespace DataGen.Gateway.Auth;

/// <summary>The answer to a browser that has signed in; the token is only in the cookie.</summary>
internal sealed record LoginResponse(string Username, string Role, DateTime ExpiresAt);
