namespace DataGen.Gateway.Sessions;

/// <summary>A live session as CStore stores it. Without the record there is no session, even if a token is
/// valid.</summary>
/// <param name="Id">The session's id.</param>
/// <param name="Kind">How its token is sent.</param>
/// <param name="CreatedAt">When it was opened (UTC).</param>
/// <param name="ExpiresAt">When it ends by itself (UTC).</param>
/// <param name="UserAgent">What the client called itself, cut to 200 characters.</param>
/// <param name="Address">The client's network address.</param>
internal sealed record SessionRecord(
    string Id,
    SessionKind Kind,
    DateTime CreatedAt,
    DateTime ExpiresAt,
    string? UserAgent,
    string? Address
);
