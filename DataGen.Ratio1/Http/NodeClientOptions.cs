namespace DataGen.Ratio1.Http;

/// <summary>What a client of one of a node's services needs to know.</summary>
/// <param name="Service">The service's name for messages.</param>
/// <param name="Address">Its base address.</param>
/// <param name="Deadline">The longest a call may take, retries and pauses included.</param>
/// <param name="RetryDelay">The first pause before a repetition; it doubles with jitter up to
/// <paramref name="MaximumRetryDelay"/>.</param>
/// <param name="MaximumRetryDelay">The longest pause.</param>
/// <param name="MaximumAnswerBytes">The largest answer that is read; a longer one fails the call.</param>
internal sealed record NodeClientOptions(
    string Service,
    Uri Address,
    TimeSpan Deadline,
    TimeSpan RetryDelay,
    TimeSpan MaximumRetryDelay,
    long MaximumAnswerBytes
);
