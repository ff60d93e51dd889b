using DataGen.Ratio1.Auth;
using DataGen.Ratio1.CStore;

namespace DataGen.Gateway.ApiTokens;

/// <summary>Says whose API token it is now. The role is the user's present one, and a disabled user's tokens let nobody
/// in.</summary>
internal sealed class ApiTokenAuthenticator(ApiTokenStore tokens, IUserStore users, ApiTokenUses uses)
{
    /// <summary>The token's user and id, or null when it lets nobody in.</summary>
    /// <exception cref="CStoreException">CStore cannot say.</exception>
    public async Task<(AuthUser User, string TokenId)?> AuthenticateAsync(
        string token,
        CancellationToken cancellationToken
    )
    {
        if (
            ApiTokenText.Parse(token) is not { } text
            || await tokens.FindAsync(text.Username, text.Id, cancellationToken) is not { } stored
            || !text.Matches(stored.Hash)
            || await UserAsync(text.Username, cancellationToken) is not { } user
        )
        {
            return null;
        }

        uses.Add(user.Username, stored.Id);
        return (user, stored.Id);
    }

    /// <summary>Whether a token that let someone in still would.</summary>
    /// <exception cref="CStoreException">CStore cannot say.</exception>
    public async Task<bool> IsLiveAsync(string username, string tokenId, CancellationToken cancellationToken) =>
        await tokens.FindAsync(username, tokenId, cancellationToken) is not null
        && await UserAsync(username, cancellationToken) is not null;

    private async Task<AuthUser?> UserAsync(string username, CancellationToken cancellationToken)
    {
        try
        {
            return await users.GetUserAsync(username, cancellationToken) is { IsDisabled: false } user ? user : null;
        }
        catch (AuthException)
        {
            return null;
        }
    }
}
