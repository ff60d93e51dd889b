using Grpc.Core;
using Grpc.Core.Interceptors;

namespace DataGen.Contracts;

/// <summary>Gives every unary call a deadline. A stream has none: it lasts as long as its reader reads.</summary>
/// <param name="calls">The kinds of the methods.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class CallDeadlines(CallKinds calls, TimeProvider clock) : Interceptor
{
    private static readonly TimeSpan Read = TimeSpan.FromSeconds(20);

    // A CStore node needs up to 30 s for one write and handles one at a time.
    private static readonly TimeSpan Write = TimeSpan.FromSeconds(75);

    // The service ends such a call itself before this deadline.
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(150);

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncUnaryCallContinuation<TRequest, TResponse> continuation
    )
    {
        var name = context.Method.Name;
        var deadline =
            clock.GetUtcNow().UtcDateTime
            + (
                calls.Reads.Contains(name) ? Read
                : calls.Long.Contains(name) ? Long
                : Write
            );
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
