namespace DataGen.Gateway.Auth;

/// <summary>One of the caller's sessions.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind"><c>browser</c> or <c>token</c>.</param>
/// <param name="CreatedAt">When it was opened (UTC).</param>
/// <param name="ExpiresAt">When it ends by itself (UTC).</param>
/// <param name="Current">Whether it is the session of this request.</param>
/// <param name="UserAgent">The client's User-Agent.</param>
/// <param name="Address">The client's network address.</param>
internal sealed record SessionResponse(
    string Id,
    string Kind,
    DateTime CreatedAt,
    DateTime ExpiresAt,
    bool Current,
    string? UserAgent = null,
    string? Address = null
);
