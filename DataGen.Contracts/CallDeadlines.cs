using Grpc.Core;
using Grpc.Core.Interceptors;

namespace DataGen.Contracts;

/// <summary>Gives every unary call a deadline. A stream has none: it lasts as long as its reader reads.</summary>
/// <param name="reads">The methods that only read.</param>
/// <param name="models">The methods that wait for a model; every other method stores something.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class CallDeadlines(
    IReadOnlyCollection<string> reads,
    IReadOnlyCollection<string> models,
    TimeProvider clock
) : Interceptor
{
    private static readonly TimeSpan Read = TimeSpan.FromSeconds(20);

    // A CStore node needs up to 30 s for one write and handles one at a time.
    private static readonly TimeSpan Write = TimeSpan.FromSeconds(75);

    // Tasks ends such a call by itself before this.
    private static readonly TimeSpan Model = TimeSpan.FromSeconds(150);

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
                reads.Contains(name) ? Read
                : models.Contains(name) ? Model
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
