using System.Collections.Concurrent;
using DataGen.Ratio1.Auth;
using DataGen.Ratio1.CStore;

namespace DataGen.Gateway.Sessions;

/// <summary>The users' records, which every request needs; each is read at most every few seconds.</summary>
internal sealed class KnownUsers(IUserStore users, TimeProvider clock)
{
    /// <summary>How long a change by another process may go unnoticed.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);

    /// <summary>The longest that a request waits for the record: a node that is busy writing may take this
    /// long.</summary>
    private static readonly TimeSpan LongestLookup = TimeSpan.FromSeconds(15);

    private const int MostKept = 10_000;

    private readonly ConcurrentDictionary<string, (AuthUser? User, long At)> known = new(StringComparer.Ordinal);

    private readonly SharedReads<string, AuthUser?> reads = new(
        async (username, cancellationToken) =>
        {
            try
            {
                return await users.GetUserAsync(username, cancellationToken);
            }
            catch (AuthException)
            {
                // The stored record is not a valid user.
                return null;
            }
        },
        LongestLookup
    );

    /// <summary>The user as of a few seconds ago at most; null when the user does not exist or is disabled.</summary>
    /// <exception cref="CStoreException">CStore cannot be reached.</exception>
    public async Task<AuthUser?> FindEnabledAsync(string username, CancellationToken cancellationToken)
    {
        if (!known.TryGetValue(username, out var kept) || clock.GetElapsedTime(kept.At) >= Fresh)
        {
            var at = clock.GetTimestamp();
            kept = (await reads.GetAsync(username, cancellationToken), at);
            if (known.Count >= MostKept)
            {
                known.Clear();
            }

            known[username] = kept;
        }

        return kept.User is { IsDisabled: false } user ? user : null;
    }

    /// <summary>Forgets a user after a change in this process: the next request reads the record again.</summary>
    public void Forget(string username) => known.TryRemove(username, out _);
}
