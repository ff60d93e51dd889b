namespace DataGen.ServiceDefaults.Grpc;

/// <summary>
/// Ends a call with UNAVAILABLE when it has lost its connection. .NET reports an unanswered ping as an HTTP/2 protocol
/// error, which the gRPC client maps to INTERNAL; it maps an <see cref="IOException"/> to UNAVAILABLE.
/// </summary>
internal sealed class LostPeerHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const long ProtocolError = 1;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception)
            when (exception.InnerException is HttpProtocolException { ErrorCode: ProtocolError } cause)
        {
            throw new HttpRequestException(
                exception.HttpRequestError,
                "The connection was lost before there was an answer.",
                new IOException(cause.Message)
            );
        }
    }
}
