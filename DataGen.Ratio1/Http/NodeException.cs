using System.Net;

namespace DataGen.Ratio1.Http;

/// <summary>A call to a node failed; the clients turn it into their own public exception.</summary>
/// <param name="message">What was called and what the node said.</param>
/// <param name="isTransient">Whether the same call may succeed later.</param>
/// <param name="status">The HTTP status, when there was an answer.</param>
/// <param name="retryAfter">How long the node asked to wait.</param>
/// <param name="innerException">The transport's own exception.</param>
internal sealed class NodeException(
    string message,
    bool isTransient,
    HttpStatusCode? status = null,
    TimeSpan? retryAfter = null,
    Exception? innerException = null
) : Exception(message, innerException)
{
    public bool IsTransient { get; } = isTransient;

    public HttpStatusCode? Status { get; } = status;

    public TimeSpan? RetryAfter { get; } = retryAfter;
}
