using DataGen.Contracts;
using Grpc.Core;

namespace DataGen.Tasks.Api;

/// <summary>The errors that tasks.proto promises.</summary>
internal static class Failures
{
    private static readonly TimeSpan StoreRetry = TimeSpan.FromSeconds(5);

    public static RpcException Invalid(params ReadOnlySpan<(string Field, string Problem)> fields)
    {
        var problems = fields.ToArray();
        return new ServiceFailure(
            StatusCode.InvalidArgument,
            string.Join(' ', problems.Select(problem => $"{problem.Field}: {problem.Problem}"))
        )
        {
            Fields = problems
                .GroupBy(problem => problem.Field)
                .ToDictionary(field => field.Key, field => field.Select(problem => problem.Problem).ToArray()),
        }.ToException();
    }

    public static RpcException NotFound() =>
        new ServiceFailure(StatusCode.NotFound, "There is no such task.").ToException();

    public static RpcException NotAllowed(string reason) =>
        new ServiceFailure(StatusCode.FailedPrecondition, reason).ToException();

    public static RpcException TooMany(TimeSpan retryAfter) =>
        new ServiceFailure(StatusCode.ResourceExhausted, "Too many tasks were created or retried in the last minute.")
        {
            RetryAfter = retryAfter,
        }.ToException();

    public static RpcException Unavailable(string reason) =>
        new ServiceFailure(StatusCode.Unavailable, reason) { RetryAfter = StoreRetry }.ToException();
}
