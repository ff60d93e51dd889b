using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace DataGen.Gateway.Auth;

/// <summary>
/// Limits attempts to guess a password, per address and per user name. An attempt costs one permit and a wrong password
/// one more, so guessing uses up the permits twice as fast as signing in.
/// </summary>
internal sealed class SignInThrottle : IDisposable
{
    /// <summary>
    /// The caller chooses the name, so there is a limiter per bucket of names and not per name: this bounds memory.
    /// Nobody can choose names that share a bucket, because .NET seeds string hashes randomly in each process.
    /// </summary>
    private const int Buckets = 1 << 16;

    private readonly PartitionedRateLimiter<string> byAddress = Limiter(burst: 60, perPermit: TimeSpan.FromSeconds(1));
    private readonly PartitionedRateLimiter<string> byUsername = Limiter(burst: 20, perPermit: TimeSpan.FromSeconds(3));

    /// <summary>Counts an attempt.</summary>
    /// <returns>Null when it may go on, else how long to wait.</returns>
    public TimeSpan? Count(IPAddress? address, string username) =>
        Take(byAddress, Network(address)) ?? Take(byUsername, Canonical(username));

    /// <summary>Counts a wrong password on top of its attempt.</summary>
    public void CountWrongPassword(IPAddress? address, string username)
    {
        Take(byAddress, Network(address));
        Take(byUsername, Canonical(username));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        byAddress.Dispose();
        byUsername.Dispose();
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

    private static string Canonical(string username) => username.Trim().ToLowerInvariant();

    /// <summary>An IPv6 customer can choose any address of a /64 network.</summary>
    private static string Network(IPAddress? address) =>
        address switch
        {
            null => "unknown",
            { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
            { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(
                address.GetAddressBytes().AsSpan(0, 8)
            ),
            _ => address.ToString(),
        };
}
