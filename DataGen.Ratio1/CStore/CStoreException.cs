namespace DataGen.Ratio1.CStore;

/// <summary>CStore could not be reached, refused, or did not confirm a write. The message holds the node's own words,
/// never a value.</summary>
/// <param name="message">What was tried and what the node said.</param>
/// <param name="isTransient">Whether the same call may succeed later.</param>
/// <param name="innerException">The transport's own exception, if any.</param>
public sealed class CStoreException(string message, bool isTransient, Exception? innerException = null)
    : Ratio1Exception(message, isTransient, innerException);
