using Grpc.Core;
using Grpc.Core.Interceptors;

namespace DataGen.Contracts;

/// <summary>Gives every unary call a deadline. A stream has none: it lasts as long as its reader reads.</summary>
/// <param name="reads">The methods that only read; every other method stores something.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class CallDeadlines(IReadOnlyCollection<string> reads, TimeProvider clock) : Interceptor
{
    private static readonly TimeSpan Read = TimeSpan.FromSeconds(20);

    // A CStore node needs up to 30 s for one write and handles one at a time.
    private static readonly TimeSpan Write = TimeSpan.FromSeconds(75);

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncUnaryCallContinuation<TRequest, TResponse> continuation
    )
    {
        var deadline = clock.GetUtcNow().UtcDateTime + (reads.Contains(context.Method.Name) ? Read : Write);
        return continuation(
            request,
            new ClientInterceptorContext<TRequest, TResponse>(
                context.Method,
                context.Host,
                context.Options.WithDeadline(deadline)
            )
        );
    }
}
