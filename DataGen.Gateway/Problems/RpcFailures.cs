using Google.Rpc;
using Grpc.Core;
using RpcStatus = Google.Rpc.Status;

namespace DataGen.Gateway.Problems;

/// <summary>What a failed call to Tasks looks like from outside.</summary>
internal static class RpcFailures
{
    /// <summary>
    /// The answer for <paramref name="exception"/>. Only a rich status is Tasks' own word; a bare one may be the
    /// transport's and name addresses.
    /// </summary>
    public static Failure Describe(RpcException exception)
    {
        var rich = exception.GetRpcStatus();
        return exception.StatusCode switch
        {
            StatusCode.InvalidArgument => Invalid(exception, rich),
            StatusCode.NotFound => new Failure(StatusCodes.Status404NotFound, "There is no such task."),
            StatusCode.FailedPrecondition => new Failure(StatusCodes.Status409Conflict, exception.Status.Detail),
            StatusCode.ResourceExhausted => new Failure(
                StatusCodes.Status429TooManyRequests,
                rich?.Message ?? "Too many requests."
            )
            {
                RetryAfter = RetryDelay(rich) ?? TimeSpan.FromSeconds(60),
            },
            StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Cancelled => Failure.Unavailable(
                rich?.Message ?? "The task service cannot be reached just now.",
                RetryDelay(rich)
            ),
            _ => new Failure(
                StatusCodes.Status500InternalServerError,
                "Something went wrong on our side; the log has the details."
            ),
        };
    }

    private static Failure Invalid(RpcException exception, RpcStatus? rich)
    {
        var violations = rich?.GetDetail<BadRequest>()?.FieldViolations;
        return violations is { Count: > 0 }
            ? Failure.Fields(
                violations
                    .GroupBy(violation => violation.Field)
                    .ToDictionary(
                        field => field.Key,
                        field => field.Select(violation => violation.Description).ToArray()
                    )
            )
            : new Failure(StatusCodes.Status400BadRequest, exception.Status.Detail);
    }

    private static TimeSpan? RetryDelay(RpcStatus? rich) => rich?.GetDetail<RetryInfo>()?.RetryDelay?.ToTimeSpan();
}
