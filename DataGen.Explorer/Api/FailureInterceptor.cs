using DataGen.Contracts;
using DataGen.Explorer.Datasets;
using DataGen.Formats;
using DuckDB.NET.Data;
using DuckDB.NET.Native;
using Grpc.Core;

namespace DataGen.Explorer.Api;

/// <summary>The one mapping of exceptions to gRPC statuses: what Tasks answers is passed on, and a copy of a dataset that
/// cannot be used is UNAVAILABLE, since the next question makes it again.</summary>
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
            // Asked again it fails again.
            throw new ServiceFailure(StatusCode.InvalidArgument, Unanswerable).ToException();
        }
        catch (Exception exception)
            when (exception is DuckDBException or InvalidDataException or IOException or DatasetLostException)
        {
            // The message may hold what is in the records.
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
