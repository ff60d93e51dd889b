namespace DataGen.Ratio1;

/// <summary>A service of a Ratio1 node could not be reached, refused, or did not confirm.</summary>
/// <param name="message">What was tried and what the node said; never a value, content or a secret.</param>
/// <param name="isTransient">See <see cref="IsTransient"/>.</param>
/// <param name="innerException">The transport's own exception, if any.</param>
public abstract class Ratio1Exception(string message, bool isTransient, Exception? innerException)
    : Exception(message, innerException)
{
    /// <summary>
    /// Whether the same call may succeed later: true for transport errors, time-outs, 408, 429, 5xx and unconfirmed
    /// writes; false for every other refusal, which a repetition cannot change.
    /// </summary>
    public bool IsTransient { get; } = isTransient;
}
