using DataGen.Ratio1.Auth;
using DataGen.Ratio1.CStore;
using Grpc.Core;
using Microsoft.AspNetCore.Diagnostics;

namespace DataGen.Gateway.Problems;

/// <summary>Turns every exception that reaches the pipeline into an answer without internals.</summary>
internal sealed partial class ProblemExceptionHandler(ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext,
        Exception exception,
        CancellationToken cancellationToken
    )
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            // The caller is gone; the status is for the log only.
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        var failure = Describe(httpContext, exception);
        if (failure.Status == StatusCodes.Status500InternalServerError)
        {
            Log.Unexpected(logger, exception, httpContext.Request.Method, httpContext.FailedEndpoint()?.DisplayName);
        }
        else if (failure.Status == StatusCodes.Status503ServiceUnavailable)
        {
            Log.Unavailable(logger, exception.Message);
        }

        httpContext.Response.StatusCode = failure.Status;
        await failure.WriteAsync(httpContext);
        return true;
    }

    private static Failure Describe(HttpContext context, Exception exception) =>
        exception switch
        {
            FailureException { Failure: var failure } => failure,
            BadHttpRequestException bad => RequestFailures.Describe(context, bad),
            RpcException rpc => RpcFailures.Describe(rpc),
            CStoreException => Failure.StoreUnavailable(),
            AuthException auth => AuthFailures.Describe(auth),
            // The framework throws this for JSON in an unknown charset.
            InvalidOperationException or NotSupportedException when HasUnknownCharset(context.Request) => new Failure(
                StatusCodes.Status400BadRequest,
                "The charset of the Content-Type is unknown."
            ),
            _ => new Failure(
                StatusCodes.Status500InternalServerError,
                "Something went wrong on our side; the log has the details."
            ),
        };

    private static bool HasUnknownCharset(HttpRequest request) =>
        request.GetTypedHeaders().ContentType is { Charset.HasValue: true, Encoding: null };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Method} {Endpoint} failed unexpectedly.")]
        public static partial void Unexpected(ILogger logger, Exception exception, string method, string? endpoint);

        [LoggerMessage(LogLevel.Warning, "Answered 503: {Reason}")]
        public static partial void Unavailable(ILogger logger, string reason);
    }
}
