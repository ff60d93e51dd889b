namespace DataGen.Gateway.Auth;

/// <summary>The caller.</summary>
internal sealed record MeResponse(string Username, string Role);
