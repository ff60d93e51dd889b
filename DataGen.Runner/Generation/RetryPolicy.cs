using DataGen.Runner.Inference;

namespace DataGen.Runner.Generation;

/// <summary>Whether and when a failed attempt is made again.</summary>
internal sealed class RetryPolicy(InferenceSettings settings)
{
    /// <summary>
    /// Refusals by the rate limit after which a record fails. They do not count as attempts, but a server that refuses
    /// the same record this often, with waits between, will not accept it.
    /// </summary>
    public const int MaxRateLimited = 100;

    /// <summary>Answers cut off at the same bound after which a record fails, because it does not fit.</summary>
    public const int MaxTruncated = 2;

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestAsked = TimeSpan.FromMinutes(10);

    /// <summary>Whether the record's attempts so far allow another one after this failure.</summary>
    public bool Allows(RecordAttempts record, InferenceFailure failure) =>
        failure switch
        {
            InferenceFailure.Unreachable => true,
            InferenceFailure.RateLimited => record.RateLimited < MaxRateLimited,
            InferenceFailure.Refused or InferenceFailure.Rejected or InferenceFailure.Denied => false,
            InferenceFailure.Invalid => record.Rejected < settings.MaxRejections,
            InferenceFailure.Truncated when record.Truncated >= MaxTruncated => false,
            _ => record.Charged < settings.MaxAttempts,
        };

    /// <summary>
    /// How long to wait before the next attempt. When the server asked for a wait: that and a little more, so that the
    /// delayed calls do not come back all at once; otherwise an exponential back-off with jitter. While the server is
    /// unreachable the circuit breaker waits, so the record waits only a moment. A rejected record is not the server's
    /// fault and is made again at once.
    /// </summary>
    public static TimeSpan Delay(RecordAttempts record, InferenceFailure failure, TimeSpan? retryAfter)
    {
        if (failure == InferenceFailure.Invalid)
        {
            return TimeSpan.Zero;
        }

        if (failure == InferenceFailure.Unreachable)
        {
            return First * (0.2 + (0.2 * Random.Shared.NextDouble()));
        }

        if (retryAfter is { } asked)
        {
            return (asked < LongestAsked ? asked : LongestAsked) + (First * Random.Shared.NextDouble());
        }

        var failures = failure == InferenceFailure.RateLimited ? record.RateLimited : record.Charged;
        var full = Math.Min(Longest.TotalSeconds, First.TotalSeconds * Math.Pow(2, Math.Min(failures - 1, 16)));
        return TimeSpan.FromSeconds(full * (0.5 + (Random.Shared.NextDouble() / 2)));
    }
}
