using DataGen.Ratio1.CStore;
using DataGen.Tasks.Failures;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace DataGen.Tasks.Api;

/// <summary>Turns a store that is away, or a cluster that is not ready, into UNAVAILABLE with a time to try
/// again.</summary>
internal sealed class FailureInterceptor : Interceptor
{
    private const string StoreAway = "The store cannot be reached or does not confirm what is written to it.";
    private const string StoreSlow = "The store is slow: whether this was done is not known yet.";
    private const string ClusterAway = "The tasks service is not ready.";

    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation
    ) => GuardAsync(() => continuation(request, context));

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation
    ) =>
        GuardAsync(async () =>
        {
            await continuation(request, responseStream, context);
            return true;
        });

    private static async Task<T> GuardAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception exception) when (exception is CStoreException or StoreUnavailableException)
        {
            throw Failures.Unavailable(StoreAway);
        }
        catch (TimeoutException)
        {
            throw Failures.Unavailable(StoreSlow);
        }
        catch (OrleansException)
        {
            throw Failures.Unavailable(ClusterAway);
        }
    }
}
