using DataGen.Ratio1;
using DataGen.Tasks.Failures;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace DataGen.Tasks.Api;

/// <summary>The one mapping of exceptions to gRPC statuses: a store that is away or refuses, or a cluster that is not
/// ready, is UNAVAILABLE with a time to try again.</summary>
internal sealed partial class FailureInterceptor(ILogger<FailureInterceptor> logger) : Interceptor
{
    private const string StoreAway = "The store cannot be reached or does not confirm what is written to it.";
    private const string StoreRefuses =
        "The store refuses what is asked of it, or what it holds cannot be read; the log of the tasks service says why.";
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

    private async Task<T> GuardAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception exception) when (exception is Ratio1Exception or StoreUnavailableException)
        {
            Log.StoreFailed(logger, exception.Message);
            throw Failures.Unavailable(exception.IsTransient() ? StoreAway : StoreRefuses);
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

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A call was answered with UNAVAILABLE: {Problem}")]
        public static partial void StoreFailed(ILogger logger, string problem);
    }
}
