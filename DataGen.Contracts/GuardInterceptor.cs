using Grpc.Core;
using Grpc.Core.Interceptors;

namespace DataGen.Contracts;

/// <summary>Runs every call of a service through one guard, which turns exceptions into the statuses that its proto
/// promises.</summary>
public abstract class GuardInterceptor : Interceptor
{
    /// <inheritdoc/>
    public sealed override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation
    )
    {
        ArgumentNullException.ThrowIfNull(continuation);
        return GuardAsync(() => continuation(request, context), context);
    }

    /// <inheritdoc/>
    public sealed override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation
    ) =>
        GuardAsync(
            async () =>
            {
                ArgumentNullException.ThrowIfNull(continuation);
                await continuation(request, responseStream, context);
                return true;
            },
            context
        );

    /// <summary>Runs a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="context">The context of the call.</param>
    protected abstract Task<T> GuardAsync<T>(Func<Task<T>> call, ServerCallContext context);
}
