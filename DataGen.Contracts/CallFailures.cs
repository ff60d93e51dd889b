using Grpc.Core;

namespace DataGen.Contracts;

/// <summary>The errors that the protos of Tasks and Explorer promise.</summary>
public static class CallFailures
{
    /// <summary>Fields of the request are wrong.</summary>
    /// <param name="fields">Each field by its REST name, and what is wrong with it.</param>
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

    /// <summary>There is no such task for this caller.</summary>
    public static RpcException NotFound() =>
        new ServiceFailure(StatusCode.NotFound, "There is no such task.").ToException();

    /// <summary>There is no such item for this caller.</summary>
    public static RpcException NotFound(string reason) => new ServiceFailure(StatusCode.NotFound, reason).ToException();

    /// <summary>The task's state does not allow it.</summary>
    public static RpcException NotAllowed(string reason) =>
        new ServiceFailure(StatusCode.FailedPrecondition, reason).ToException();

    /// <summary>A whole export is asked for, and the task has not ended.</summary>
    public static RpcException NotEnded() =>
        NotAllowed("The task has not ended yet; ask for a partial export to have what is there.");

    /// <summary>Too much is asked for now; the call may succeed later.</summary>
    public static RpcException TooMany(string reason, TimeSpan retryAfter) =>
        new ServiceFailure(StatusCode.ResourceExhausted, reason) { RetryAfter = retryAfter }.ToException();

    /// <summary>The call cannot be done at present.</summary>
    public static RpcException Unavailable(string reason, TimeSpan retryAfter) =>
        new ServiceFailure(StatusCode.Unavailable, reason) { RetryAfter = retryAfter }.ToException();
}
