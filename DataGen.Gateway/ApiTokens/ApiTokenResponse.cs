namespace DataGen.Gateway.ApiTokens;

/// <summary>One of the caller's tokens.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">The name that its owner gave it.</param>
/// <param name="CreatedAt">When it was made (UTC).</param>
/// <param name="LastUsedAt">When it was last used (UTC), to the minute.</param>
internal sealed record ApiTokenResponse(string Id, string Name, DateTime CreatedAt, DateTime? LastUsedAt = null);
