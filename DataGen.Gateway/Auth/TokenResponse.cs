namespace DataGen.Gateway.Auth;

/// <summary>The answer to a script that has signed in.</summary>
internal sealed record TokenResponse(string AccessToken, string TokenType, DateTime ExpiresAt);
