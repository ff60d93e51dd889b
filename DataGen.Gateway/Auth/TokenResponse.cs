namespace DataGen.Gateway.Auth;

/// <summary>A script that has been signed in.</summary>
internal sealed record TokenResponse(string AccessToken, string TokenType, DateTime ExpiresAt);
