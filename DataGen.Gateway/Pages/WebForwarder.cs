using DataGen.Gateway.Problems;
using Yarp.ReverseProxy.Forwarder;

namespace DataGen.Gateway.Pages;

/// <summary>Forwards requests to Web.</summary>
internal sealed partial class WebForwarder(
    IHttpForwarder forwarder,
    IForwarderHttpClientFactory clients,
    WebTransformer transformer,
    ILogger<WebForwarder> logger
) : IDisposable
{
    private static readonly ForwarderRequestConfig Request = new() { ActivityTimeout = TimeSpan.FromSeconds(100) };
    private readonly HttpMessageInvoker client = clients.CreateClient(
        new ForwarderHttpClientContext { NewConfig = new() }
    );

    /// <summary>Forwards a request. When Web cannot be reached the caller gets a page that says so.</summary>
    public async Task ForwardAsync(HttpContext context)
    {
        var error = await forwarder.SendAsync(
            context,
            "http://web",
            client,
            Request,
            transformer,
            context.RequestAborted
        );
        if (error is ForwarderError.None or ForwarderError.RequestCanceled or ForwarderError.ResponseBodyCanceled)
        {
            return;
        }

        var exception = context.Features.Get<IForwarderErrorFeature>()?.Exception;
        if (!context.Response.HasStarted && Sent(exception) is { } bad)
        {
            throw bad;
        }

        Log.Failed(logger, error, exception?.Message);
        if (!context.Response.HasStarted)
        {
            await Failure
                .Unavailable("DataGen's pages cannot be reached just now. They come back by themselves in a moment.")
                .WriteAsync(context);
        }
    }

    /// <summary>The client's own mistake, such as a body that is too large; null when there is none.</summary>
    private static BadHttpRequestException? Sent(Exception? exception) =>
        exception switch
        {
            null => null,
            BadHttpRequestException bad => bad,
            AggregateException all => all.InnerExceptions.Select(Sent).FirstOrDefault(bad => bad is not null),
            _ => Sent(exception.InnerException),
        };

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Web did not answer: {Error} {Reason}")]
        public static partial void Failed(ILogger logger, ForwarderError error, string? reason);
    }
}
