using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace DataGen.Gateway.Auth;

/// <summary>
/// Limits attempts to guess a password, per address and per user name. An attempt costs one permit and a wrong password
/// one more, so guessing uses up the permits twice as fast as signing in. A browser in which the user has signed in before
/// has permits of its own, and all of a user's browsers together have as many as an address: who knows the password can
/// make any number of such browsers, and nobody else can use their permits up. So has an address from which the user has: nobody elsewhere can.
/// </summary>
internal sealed class SignInThrottle : IDisposable
{
    /// <summary>Addresses of users that are remembered; then all are forgotten, which only takes them the permits of their
    /// own.</summary>
    private const int MostPlaces = 100_000;

    /// <summary>
    /// The caller chooses the name, so there is a limiter per bucket of names and not per name: this bounds memory.
    /// Nobody can choose names that share a bucket, because .NET seeds string hashes randomly in each process.
    /// </summary>
    private const int Buckets = 1 << 16;

    private readonly PartitionedRateLimiter<string> byAddressOrUsersBrowsers = Limiter(
        burst: 60,
        perPermit: TimeSpan.FromSeconds(1)
    );
    private readonly PartitionedRateLimiter<string> byUsername = Limiter(burst: 20, perPermit: TimeSpan.FromSeconds(3));
    private readonly PartitionedRateLimiter<string> byOwn = Limiter(burst: 20, perPermit: TimeSpan.FromSeconds(3));
    private readonly ConcurrentDictionary<(string Network, string Username), bool> places = new();

    /// <summary>Counts an attempt.</summary>
    /// <returns>Null when it may go on, else how long to wait.</returns>
    public TimeSpan? Count(SignInAttempt attempt)
    {
        foreach (var (limiter, key) in LimitsOf(attempt))
        {
            if (Take(limiter, key) is { } wait)
            {
                return wait;
            }
        }

        return null;
    }

    /// <summary>Whether the user has signed in before in this browser, or from this address.</summary>
    public bool IsKnown(SignInAttempt attempt) =>
        attempt.Device is not null || places.ContainsKey((attempt.Network, attempt.Username));

    /// <summary>Counts a wrong password on top of its attempt.</summary>
    public void CountWrongPassword(SignInAttempt attempt)
    {
        foreach (var (limiter, key) in LimitsOf(attempt))
        {
            Take(limiter, key);
        }
    }

    /// <summary>The password was right: the next attempts from there have permits of their own.</summary>
    public void Succeeded(SignInAttempt attempt)
    {
        if (places.Count >= MostPlaces)
        {
            places.Clear();
        }

        places[(attempt.Network, attempt.Username)] = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        byAddressOrUsersBrowsers.Dispose();
        byUsername.Dispose();
        byOwn.Dispose();
    }

    /// <summary>The part of an address that a caller cannot choose freely: an IPv6 customer can choose any address of a
    /// /64 network.</summary>
    public static string Network(IPAddress? address) =>
        address switch
        {
            null => "unknown",
            { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
            { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(
                address.GetAddressBytes().AsSpan(0, 8)
            ),
            _ => address.ToString(),
        };

    private IEnumerable<(PartitionedRateLimiter<string> Limiter, string Key)> LimitsOf(SignInAttempt attempt) =>
        attempt.Device is { } device
            ?
            [
                (byOwn, $"device {attempt.Username} {device}"),
                (byAddressOrUsersBrowsers, $"devices {attempt.Username}"),
            ]
        : places.ContainsKey((attempt.Network, attempt.Username))
            ? [(byAddressOrUsersBrowsers, attempt.Network), (byOwn, $"place {attempt.Username} {attempt.Network}")]
        : [(byAddressOrUsersBrowsers, attempt.Network), (byUsername, attempt.Username)];

    private static PartitionedRateLimiter<string> Limiter(int burst, TimeSpan perPermit) =>
        PartitionedRateLimiter.Create<string, int>(key =>
            RateLimitPartition.GetTokenBucketLimiter(
                (key.GetHashCode(StringComparison.Ordinal) & int.MaxValue) % Buckets,
                _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = burst,
                    TokensPerPeriod = 1,
                    ReplenishmentPeriod = perPermit,
                    QueueLimit = 0,
                }
            )
        );

    private static TimeSpan? Take(PartitionedRateLimiter<string> limiter, string key)
    {
        using var lease = limiter.AttemptAcquire(key);
        return lease.IsAcquired ? null
            : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait
            : TimeSpan.FromSeconds(1);
    }
}
