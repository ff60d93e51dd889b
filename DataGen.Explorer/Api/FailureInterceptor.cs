using DataGen.Contracts;
using DataGen.Explorer.Datasets;
using DataGen.Formats;
using DuckDB.NET.Data;
using DuckDB.NET.Native;
using Grpc.Core;

namespace DataGen.Explorer.Api;

/// <summary>Maps every exception to its gRPC status. Failures of Tasks are passed on; a copy of a dataset that cannot
/// be used is UNAVAILABLE, because the next question makes it again.</summary>
internal sealed partial class FailureInterceptor(ILogger<FailureInterceptor> logger) : GuardInterceptor
{
    private const string Lost = "The dataset is being made again.";
    private const string Unanswerable =
        "The values in the columns do not allow this question; ask it of fewer columns or in another way.";

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    protected override async Task<T> GuardAsync<T>(Func<Task<T>> call, ServerCallContext context)
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
            throw CallFailures.NotAllowed(exception.Message);
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
            // The same question would fail again.
            throw new ServiceFailure(StatusCode.InvalidArgument, Unanswerable).ToException();
        }
        catch (Exception exception)
            when (exception is DuckDBException or InvalidDataException or IOException or DatasetLostException)
        {
            // The message may quote records, so it is not logged.
            Log.Lost(logger, exception is DuckDBException duck ? $"{duck.ErrorType}" : exception.GetType().Name);
            throw CallFailures.Unavailable(Lost, Retry);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A dataset could not be read: {Kind}")]
        public static partial void Lost(ILogger logger, string kind);
    }
}
