namespace DataGen.Gateway.Problems;

/// <summary>Ends a request with <paramref name="failure"/> from wherever it is thrown.</summary>
internal sealed class FailureException(Failure failure) : Exception(failure.Detail)
{
    /// <summary>What the caller gets.</summary>
    public Failure Failure { get; } = failure;
}
