using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace DataGen.Tasks.Api;

/// <summary>The errors that tasks.proto promises, with their rich details.</summary>
internal static class Failures
{
    public static RpcException Invalid(params ReadOnlySpan<(string Field, string Problem)> fields)
    {
        var details = new BadRequest();
        foreach (var (field, problem) in fields)
        {
            details.FieldViolations.Add(new BadRequest.Types.FieldViolation { Field = field, Description = problem });
        }

        return Rich(
            Code.InvalidArgument,
            string.Join(
                ' ',
                details.FieldViolations.Select(violation => $"{violation.Field}: {violation.Description}")
            ),
            details
        );
    }

    public static RpcException NotFound() => new(new Grpc.Core.Status(StatusCode.NotFound, "There is no such task."));

    public static RpcException NotFinished() =>
        new(
            new Grpc.Core.Status(
                StatusCode.FailedPrecondition,
                "The task has not ended yet; ask for a partial export to have what is there."
            )
        );

    public static RpcException TooMany(TimeSpan retryAfter) =>
        Rich(
            Code.ResourceExhausted,
            "Too many tasks were created in the last minute.",
            new RetryInfo { RetryDelay = retryAfter.ToDuration() }
        );

    public static RpcException Unavailable(string reason) =>
        Rich(Code.Unavailable, reason, new RetryInfo { RetryDelay = TimeSpan.FromSeconds(5).ToDuration() });

    private static RpcException Rich(Code code, string message, Google.Protobuf.IMessage detail) =>
        new Google.Rpc.Status
        {
            Code = (int)code,
            Message = message,
            Details = { Any.Pack(detail) },
        }.ToRpcException();
}
