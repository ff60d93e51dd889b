namespace DataGen.Ratio1.CStore;

/// <summary>CStore could not be reached, refused, or did not confirm a write. The message holds the node's own words,
/// never a value.</summary>
public sealed class CStoreException : Exception
{
    /// <param name="message">What was tried and what the node said.</param>
    /// <param name="isTransient">Whether the same call may succeed later: true for transport errors, time-outs, 408,
    /// 429, 5xx and unconfirmed writes.</param>
    /// <param name="innerException">The transport's own exception, if any.</param>
    public CStoreException(string message, bool isTransient, Exception? innerException = null)
        : base(message, innerException) => IsTransient = isTransient;

    /// <summary>Whether the same call may succeed later.</summary>
    public bool IsTransient { get; }
}
