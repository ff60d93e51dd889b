namespace DataGen.Gateway.ApiTokens;

/// <summary>A token that has just been made: the only time it is shown.</summary>
internal sealed record CreatedApiTokenResponse(string Id, string Name, DateTime CreatedAt, string Token);
