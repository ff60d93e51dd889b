namespace DataGen.Ratio1.R1fs;

/// <summary>R1FS could not be reached, refused, or does not have the file. The message holds the node's own words,
/// never content or a secret.</summary>
/// <param name="message">What was tried and what the node said.</param>
/// <param name="isTransient">Whether the same call may succeed later.</param>
/// <param name="isNotFound">Whether the node says it cannot get the file.</param>
/// <param name="innerException">The transport's own exception, if any.</param>
public sealed class R1fsException(
    string message,
    bool isTransient,
    bool isNotFound = false,
    Exception? innerException = null
) : Ratio1Exception(message, isTransient, innerException)
{
    /// <summary>
    /// Whether the node cannot get the file: the CID is unknown, or the secret is wrong, or no node that has it
    /// answered in time. The node does not say which.
    /// </summary>
    public bool IsNotFound { get; } = isNotFound;
}
