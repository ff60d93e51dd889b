using DataGen.Gateway.Sessions;
using DataGen.Ratio1.Auth;
using DataGen.Ratio1.CStore;

namespace DataGen.Gateway.ApiTokens;

/// <summary>Authenticates API tokens. The caller has the user's present role; the tokens of a disabled user are
/// invalid.</summary>
internal sealed class ApiTokenAuthenticator(ApiTokenStore tokens, KnownUsers users, ApiTokenUses uses)
{
    /// <summary>The token's user and id; null when it is invalid.</summary>
    /// <exception cref="CStoreException">CStore cannot be reached.</exception>
    public async Task<(AuthUser User, string TokenId)?> AuthenticateAsync(
        string token,
        CancellationToken cancellationToken
    )
    {
        if (
            ApiTokenText.Parse(token) is not { } text
            || await tokens.FindAsync(text.Username, text.Id, cancellationToken) is not { } stored
            || !text.Matches(stored.Hash)
            || await users.FindEnabledAsync(text.Username, cancellationToken) is not { } user
        )
        {
            return null;
        }

        uses.Add(user.Username, stored.Id);
        return (user, stored.Id);
    }

    /// <summary>Whether a token is still valid.</summary>
    /// <exception cref="CStoreException">CStore cannot be reached.</exception>
    public async Task<bool> IsLiveAsync(string username, string tokenId, CancellationToken cancellationToken) =>
        await tokens.FindAsync(username, tokenId, cancellationToken) is not null
        && await users.FindEnabledAsync(username, cancellationToken) is not null;
}
