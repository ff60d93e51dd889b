using System.Globalization;
using System.Text.Json;
using DataGen.Gateway.Problems;
using DataGen.Gateway.Sessions;
using DataGen.Ratio1.CStore;

namespace DataGen.Gateway.ApiTokens;

/// <summary>
/// API tokens in CStore, a hash per user, sealed (<see cref="SealedJson"/>). A token's own field is written once and
/// removed once. The time of its last use has a field of its own (<c>{id}.used</c>), so that writing it can never
/// restore a revoked token.
/// </summary>
internal sealed class ApiTokenStore(ICStore store, SealedJson sealing, TimeProvider clock)
{
    private const string UsedSuffix = ".used";
    private static readonly TimeSpan LongestLookup = TimeSpan.FromSeconds(15);

    private readonly SharedReads<(string Username, string Id), string?> reads = new(
        (key, cancellationToken) => store.HashGetAsync(HashKey(key.Username), key.Id, cancellationToken),
        LongestLookup
    );

    /// <summary>Stores a new token.</summary>
    /// <returns>The token's text for its owner; it cannot be read again.</returns>
    public async Task<(ApiToken Stored, ApiTokenText Text)> CreateAsync(
        string username,
        string name,
        CancellationToken cancellationToken
    )
    {
        var text = ApiTokenText.New(username, Guid.CreateVersion7(clock.GetUtcNow()).ToString("n"));
        var token = new ApiToken(text.Id, name, text.Hash(), clock.GetUtcNow().UtcDateTime);
        await store.HashSetAsync(
            HashKey(username),
            token.Id,
            sealing.Seal(HashKey(username), token.Id, JsonSerializer.Serialize(token, ApiTokenJson.Default.ApiToken)),
            cancellationToken
        );
        return (token, text);
    }

    /// <summary>The token; null when it was revoked or never existed.</summary>
    /// <exception cref="CStoreException">CStore cannot be reached.</exception>
    /// <exception cref="FailureException">It was stored by a version that did not seal tokens: 401, because anyone who
    /// can write CStore could have made it.</exception>
    public async Task<ApiToken?> FindAsync(string username, string id, CancellationToken cancellationToken)
    {
        if (id.EndsWith(UsedSuffix, StringComparison.Ordinal))
        {
            return null;
        }

        var stored = await reads.GetAsync((username, id), cancellationToken);
        return Read(username, id, stored)
            ?? (
                stored is null
                    ? null
                    : throw new FailureException(
                        new Failure(
                            StatusCodes.Status401Unauthorized,
                            "This API token was made by an earlier version of DataGen, or not by DataGen: make another one."
                        )
                    )
            );
    }

    /// <summary>Whether anything is stored for the token, valid or not.</summary>
    public async Task<bool> ExistsAsync(string username, string id, CancellationToken cancellationToken) =>
        !id.EndsWith(UsedSuffix, StringComparison.Ordinal)
        && await reads.GetAsync((username, id), cancellationToken) is not null;

    /// <summary>The user's tokens, newest first, each with when it was last used.</summary>
    public async Task<IReadOnlyList<(ApiToken Token, DateTime? LastUsedAt)>> ListAsync(
        string username,
        CancellationToken cancellationToken
    )
    {
        var fields = await store.HashGetAllAsync(HashKey(username), cancellationToken);
        return
        [
            .. fields
                .Where(field => !field.Key.EndsWith(UsedSuffix, StringComparison.Ordinal))
                .Select(field => Read(username, field.Key, field.Value))
                .OfType<ApiToken>()
                .OrderByDescending(token => token.CreatedAt)
                .Select(token => (token, ReadTime(fields.GetValueOrDefault(token.Id + UsedSuffix)))),
        ];
    }

    /// <summary>Removes a token, and then the time of its last use.</summary>
    public async Task RevokeAsync(string username, string id, CancellationToken cancellationToken)
    {
        await store.HashSetAsync(HashKey(username), id, null, cancellationToken);
        await store.HashSetAsync(HashKey(username), id + UsedSuffix, null, cancellationToken);
    }

    /// <summary>Stores the time of a use.</summary>
    public Task NoteUseAsync(string username, string id, DateTime time, CancellationToken cancellationToken) =>
        store.HashSetAsync(HashKey(username), id + UsedSuffix, $"\"{time:O}\"", cancellationToken);

    private static string HashKey(string username) => $"datagen:user:{username}:tokens";

    private static DateTime? ReadTime(string? value) =>
        DateTime.TryParse(value?.Trim('"'), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)
            ? time
            : null;

    private ApiToken? Read(string username, string id, string? stored)
    {
        try
        {
            return sealing.Open(HashKey(username), id, stored) is { } json
                ? JsonSerializer.Deserialize(json, ApiTokenJson.Default.ApiToken)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
