namespace DataGen.Gateway.Auth;

/// <summary>The caller's live sessions, newest first.</summary>
internal sealed record SessionListResponse(IReadOnlyList<SessionResponse> Items);
