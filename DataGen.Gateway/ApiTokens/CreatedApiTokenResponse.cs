namespace DataGen.Gateway.ApiTokens;

/// <summary>A token that was just created. This is the only answer that contains it.</summary>
internal sealed record CreatedApiTokenResponse(string Id, string Name, DateTime CreatedAt, string Token);
