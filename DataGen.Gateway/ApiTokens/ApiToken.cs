namespace DataGen.Gateway.ApiTokens;

/// <summary>An API token as CStore stores it; the secret itself is stored nowhere.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">The name that its owner gave it.</param>
/// <param name="Hash">SHA-256 of its secret, base64. A slow hash would add nothing, because the secret is long and
/// random.</param>
/// <param name="CreatedAt">When it was made (UTC).</param>
internal sealed record ApiToken(string Id, string Name, string Hash, DateTime CreatedAt);
