namespace DataGen.Gateway.Sessions;

/// <summary>A live session as CStore stores it, sealed (<see cref="SealedJson"/>). Without the record there is no
/// session, even if the token is valid. With it the session is live only while the user's own record still has this
/// role and password.</summary>
/// <param name="Id">The session's id.</param>
/// <param name="Kind">How its token is sent.</param>
/// <param name="CreatedAt">When it was opened (UTC).</param>
/// <param name="ExpiresAt">When it ends by itself (UTC).</param>
/// <param name="Role">The role it was opened under.</param>
/// <param name="PasswordStamp">The password it was opened with
/// (<see cref="Ratio1.Auth.AuthUser.PasswordStamp"/>).</param>
/// <param name="UserAgent">The client's User-Agent, cut to 200 characters.</param>
/// <param name="Address">The client's network address.</param>
internal sealed record SessionRecord(
    string Id,
    SessionKind Kind,
    DateTime CreatedAt,
    DateTime ExpiresAt,
    string Role,
    string PasswordStamp,
    string? UserAgent,
    string? Address
);
