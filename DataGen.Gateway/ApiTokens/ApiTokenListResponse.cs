namespace DataGen.Gateway.ApiTokens;

/// <summary>The caller's tokens, newest first.</summary>
internal sealed record ApiTokenListResponse(IReadOnlyList<ApiTokenResponse> Items);
