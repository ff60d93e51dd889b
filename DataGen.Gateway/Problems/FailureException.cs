namespace DataGen.Gateway.Problems;

/// <summary>Ends a request with <paramref name="failure"/>.</summary>
internal sealed class FailureException(Failure failure) : Exception(failure.Detail)
{
    /// <summary>The answer to the caller.</summary>
    public Failure Failure { get; } = failure;
}
