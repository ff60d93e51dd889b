using DataGen.Contracts;
using Grpc.Core;

namespace DataGen.Explorer.Api;

/// <summary>The errors that explorer.proto promises.</summary>
internal static class Failures
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    public static RpcException Invalid(string field, string problem) =>
        new ServiceFailure(StatusCode.InvalidArgument, $"{field}: {problem}")
        {
            Fields = new Dictionary<string, string[]> { [field] = [problem] },
        }.ToException();

    public static RpcException NotFound() =>
        new ServiceFailure(StatusCode.NotFound, "There is no such task.").ToException();

    public static RpcException NotAllowed(string reason) =>
        new ServiceFailure(StatusCode.FailedPrecondition, reason).ToException();

    public static RpcException Unanswerable() =>
        new ServiceFailure(
            StatusCode.InvalidArgument,
            "The values in the columns do not allow this question; ask it of fewer columns or in another way."
        ).ToException();

    public static RpcException TooMany() =>
        new ServiceFailure(StatusCode.ResourceExhausted, "Too many datasets are being asked at once.")
        {
            RetryAfter = Retry,
        }.ToException();

    public static RpcException Unavailable(string reason) =>
        new ServiceFailure(StatusCode.Unavailable, reason) { RetryAfter = Retry }.ToException();
}
