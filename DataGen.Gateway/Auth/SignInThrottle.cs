using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace DataGen.Gateway.Auth;

/// <summary>
/// Limits attempts to guess a password, per address and per user name. An attempt costs one permit and a wrong password
/// one more, so guessing uses up the permits twice as fast as signing in. A browser in which the user has signed in
/// before has permits of its own, which no other user can use up. All browsers of a user together have as many as one
/// address, because someone who knows the password can make any number of such browsers. When a browser's permits are
/// used up, it has those of its address, like any other browser. An address from which the user has signed in has
/// permits of its own too, which no other address can use up.
/// </summary>
internal sealed class SignInThrottle : IDisposable
{
    /// <summary>The most remembered addresses of users. After that all are forgotten, which only removes their own
    /// permits.</summary>
    private const int MostPlaces = 100_000;

    /// <summary>
    /// The caller chooses the name, so there is a limiter per bucket of names and not per name, which bounds memory. An
    /// attacker cannot choose names that share a bucket, because .NET seeds string hashes randomly in each process.
    /// </summary>
    private const int Buckets = 1 << 16;

    // Each limiter has buckets of its own: a client with many addresses cannot use up a browser's bucket.
    private readonly PartitionedRateLimiter<string> byAddress = Limiter(burst: 60, perPermit: TimeSpan.FromSeconds(1));
    private readonly PartitionedRateLimiter<string> byUsername = Limiter(burst: 20, perPermit: TimeSpan.FromSeconds(3));
    private readonly PartitionedRateLimiter<string> byPlace = Limiter(burst: 20, perPermit: TimeSpan.FromSeconds(3));
    private readonly PartitionedRateLimiter<string> byDevice = Limiter(burst: 20, perPermit: TimeSpan.FromSeconds(3));
    private readonly PartitionedRateLimiter<string> byUsersDevices = Limiter(
        burst: 60,
        perPermit: TimeSpan.FromSeconds(1)
    );
    private readonly ConcurrentDictionary<(string Network, string Username), bool> places = new();

    /// <summary>Counts an attempt.</summary>
    /// <returns>The attempt as it was counted, without its device when the device permits are used up; and how long to
    /// wait, null when it may proceed.</returns>
    public (SignInAttempt Counted, TimeSpan? Wait) Count(SignInAttempt attempt)
    {
        var wait = TakeAll(attempt);
        if (wait is not null && attempt.Device is not null)
        {
            attempt = attempt with { Device = null };
            wait = TakeAll(attempt);
        }

        return (attempt, wait);
    }

    /// <summary>Whether the user has signed in before in this browser, or from this address.</summary>
    public bool IsKnown(SignInAttempt attempt) =>
        attempt.Device is not null || places.ContainsKey((attempt.Network, attempt.Username));

    /// <summary>Counts a wrong password on top of its attempt.</summary>
    /// <param name="attempt">The attempt as it was counted.</param>
    public void CountWrongPassword(SignInAttempt attempt)
    {
        foreach (var (limiter, key) in LimitsOf(attempt))
        {
            Take(limiter, key);
        }
    }

    /// <summary>The password was right: further attempts from this browser and address have permits of their
    /// own.</summary>
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
        byAddress.Dispose();
        byUsername.Dispose();
        byPlace.Dispose();
        byDevice.Dispose();
        byUsersDevices.Dispose();
    }

    /// <summary>The part of an address that a caller cannot choose freely. An IPv6 customer can choose any address of a
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
        attempt.Device is { } device ? [(byDevice, $"{attempt.Username} {device}"), (byUsersDevices, attempt.Username)]
        : places.ContainsKey((attempt.Network, attempt.Username))
            ? [(byAddress, attempt.Network), (byPlace, $"{attempt.Username} {attempt.Network}")]
        : [(byAddress, attempt.Network), (byUsername, attempt.Username)];

    private TimeSpan? TakeAll(SignInAttempt attempt)
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
