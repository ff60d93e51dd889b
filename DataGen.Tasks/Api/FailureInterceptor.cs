using DataGen.Contracts;
using DataGen.Formats;
using DataGen.Ratio1;
using DataGen.Tasks.Failures;
using Grpc.Core;

namespace DataGen.Tasks.Api;

/// <summary>Maps every exception to its gRPC status. UNAVAILABLE, with a time to try again, stands for a store that
/// cannot be reached or refuses, a cluster that is not ready, and a service that stops.</summary>
internal sealed partial class FailureInterceptor(ILogger<FailureInterceptor> logger, IHostApplicationLifetime lifetime)
    : GuardInterceptor
{
    private const string StoreAway = "The store cannot be reached or does not confirm what is written to it.";
    private const string StoreRefuses =
        "The store refuses what is asked of it, or what it holds cannot be read; the log of the tasks service says why.";
    private const string StoreSlow = "The store is slow: whether this was done is not known yet.";
    private const string ClusterAway = "The tasks service is not ready.";
    private const string Stopping = "The tasks service is stopping.";

    protected override async Task<T> GuardAsync<T>(Func<Task<T>> call, ServerCallContext context)
    {
        try
        {
            return await call();
        }
        catch (Exception exception) when (exception is Ratio1Exception or StoreUnavailableException)
        {
            Log.StoreFailed(logger, exception.Message);
            throw CallFailures.Unavailable(exception.IsTransient() ? StoreAway : StoreRefuses, FailureKinds.RetryAfter);
        }
        catch (TimeoutException)
        {
            throw CallFailures.Unavailable(StoreSlow, FailureKinds.RetryAfter);
        }
        catch (OrleansException)
        {
            throw CallFailures.Unavailable(ClusterAway, FailureKinds.RetryAfter);
        }
        catch (TooManyColumnsException exception)
        {
            throw CallFailures.NotAllowed(exception.Message);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw CallFailures.Unavailable(Stopping, FailureKinds.RetryAfter);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A call was answered with UNAVAILABLE: {Problem}")]
        public static partial void StoreFailed(ILogger logger, string problem);
    }
}
