using DataGen.Contracts;
using DataGen.Explorer.Datasets;
using DataGen.Formats;
using DuckDB.NET.Data;
using DuckDB.NET.Native;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace DataGen.Explorer.Api;

/// <summary>The one mapping of exceptions to gRPC statuses: what Tasks answers is passed on, and a copy of a dataset that
/// cannot be used is UNAVAILABLE, since the next question makes it again.</summary>
internal sealed partial class FailureInterceptor(ILogger<FailureInterceptor> logger) : Interceptor
{
    private const string Lost = "The dataset is being made again.";

    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation
    ) => GuardAsync(() => continuation(request, context), context);

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation
    ) =>
        GuardAsync(
            async () =>
            {
                await continuation(request, responseStream, context);
                return true;
            },
            context
        );

    private async Task<T> GuardAsync<T>(Func<Task<T>> call, ServerCallContext context)
    {
        try
        {
            return await call();
        }
        catch (RpcException exception) when (!context.CancellationToken.IsCancellationRequested)
        {
            throw ServiceFailure.Of(exception).ToException();
        }
        catch (TooManyColumnsException exception)
        {
            throw Failures.NotAllowed(exception.Message);
        }
        catch (DuckDBException exception)
            when (exception.ErrorType
                    is DuckDBErrorType.Conversion
                        or DuckDBErrorType.OutOfRange
                        or DuckDBErrorType.InvalidInput
                        or DuckDBErrorType.Binder
                        or DuckDBErrorType.MismatchType
            )
        {
            // Asked again it fails again.
            throw Failures.Unanswerable();
        }
        catch (Exception exception)
            when (exception is DuckDBException or InvalidDataException or IOException or DatasetLostException)
        {
            // The message may hold what is in the records.
            Log.Lost(logger, exception is DuckDBException duck ? $"{duck.ErrorType}" : exception.GetType().Name);
            throw Failures.Unavailable(Lost);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A dataset could not be read: {Kind}")]
        public static partial void Lost(ILogger logger, string kind);
    }
}
