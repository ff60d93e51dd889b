using DataGen.Contracts;
using Grpc.Core;

namespace DataGen.Gateway.Problems;

/// <summary>Maps failed calls to Tasks to answers.</summary>
internal static class RpcFailures
{
    /// <summary>The answer for <paramref name="exception"/>.</summary>
    public static Failure Describe(RpcException exception) =>
        ServiceFailure.Of(exception) switch
        {
            { Fields: { Count: > 0 } fields } => Failure.Fields(fields),
            { IsUnavailable: true } away => Failure.Unavailable(
                away.Message ?? "The task service cannot be reached just now.",
                away.RetryAfter
            ),
            { Code: StatusCode.InvalidArgument } invalid => new Failure(
                StatusCodes.Status400BadRequest,
                invalid.Message ?? Failure.FieldsDetail
            ),
            { Code: StatusCode.NotFound } missing => new Failure(
                StatusCodes.Status404NotFound,
                string.IsNullOrEmpty(missing.Message) ? "There is no such task." : missing.Message
            ),
            { Code: StatusCode.FailedPrecondition } refused => new Failure(
                StatusCodes.Status409Conflict,
                refused.Message ?? "The task's state does not allow this."
            ),
            { Code: StatusCode.ResourceExhausted } many => new Failure(
                StatusCodes.Status429TooManyRequests,
                many.Message ?? "Too many requests."
            )
            {
                RetryAfter = many.RetryAfter ?? TimeSpan.FromSeconds(60),
            },
            _ => new Failure(
                StatusCodes.Status500InternalServerError,
                "Something went wrong on our side; the log has the details."
            ),
        };
}
