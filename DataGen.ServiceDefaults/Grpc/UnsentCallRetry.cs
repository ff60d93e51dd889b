using Grpc.Core;
using Grpc.Core.Interceptors;

namespace DataGen.ServiceDefaults.Grpc;

/// <summary>
/// Repeats a unary call when no connection could be made for it. No server has seen the call, so this is safe for every
/// method. It happens when a replica that is stopping still holds its connection but accepts no new one.
/// </summary>
internal sealed class UnsentCallRetry : Interceptor
{
    private const int MaxAttempts = 3;

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncUnaryCallContinuation<TRequest, TResponse> continuation
    )
    {
        var call = continuation(request, context);
        var answer = AnswerAsync();
        return new AsyncUnaryCall<TResponse>(
            answer,
            HeadersAsync(),
            () => call.GetStatus(),
            () => call.GetTrailers(),
            () => call.Dispose()
        );

        async Task<TResponse> AnswerAsync()
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await call.ResponseAsync.ConfigureAwait(false);
                }
                catch (RpcException exception)
                    when (attempt < MaxAttempts
                        && WasNotSent(exception)
                        && !context.Options.CancellationToken.IsCancellationRequested
                    )
                {
                    call.Dispose();
                    call = continuation(request, context);
                }
            }
        }

        async Task<Metadata> HeadersAsync()
        {
            await ((Task)answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return await call.ResponseHeadersAsync.ConfigureAwait(false);
        }
    }

    private static bool WasNotSent(RpcException exception) =>
        exception
            is {
                StatusCode: StatusCode.Unavailable,
                Status.DebugException: HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError }
            };
}
