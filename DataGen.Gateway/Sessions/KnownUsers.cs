using System.Collections.Concurrent;
using DataGen.Ratio1.Auth;
using DataGen.Ratio1.CStore;

namespace DataGen.Gateway.Sessions;

/// <summary>The users' records, read at most every few seconds each: what is asked of them for every request.</summary>
internal sealed class KnownUsers(IUserStore users, TimeProvider clock)
{
    /// <summary>How long a change made elsewhere may go unnoticed.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);

    /// <summary>The longest a request waits for the record: a node that is busy writing can take as long.</summary>
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
                // What is stored is no user.
                return null;
            }
        },
        LongestLookup
    );

    /// <summary>The user as of a few seconds ago at most; null when there is none or it is disabled.</summary>
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

    /// <summary>The user was changed here: the next request looks again.</summary>
    public void Forget(string username) => known.TryRemove(username, out _);
}
