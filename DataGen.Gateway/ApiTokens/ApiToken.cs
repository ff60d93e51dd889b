namespace DataGen.Gateway.ApiTokens;

/// <summary>An API token as CStore stores it; the secret itself is stored nowhere.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Hash">SHA-256 of its secret, base64; the secret is random and long, so that a slow hash would add
/// nothing.</param>
/// <param name="CreatedAt">When it was made (UTC).</param>
internal sealed record ApiToken(string Id, string Name, string Hash, DateTime CreatedAt);
