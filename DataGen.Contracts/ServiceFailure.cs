using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using RichStatus = Google.Rpc.Status;

namespace DataGen.Contracts;

/// <summary>Why a call to one of our services failed. It is sent as gRPC's rich status: <c>google.rpc.Status</c> with
/// <c>BadRequest</c> and <c>RetryInfo</c> as details.</summary>
/// <param name="Code">The status code.</param>
/// <param name="Message">A sentence for people; null when the service did not write it.</param>
public sealed record ServiceFailure(StatusCode Code, string? Message)
{
    private static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>The problem of each wrong field, by the field's REST name (camelCase).</summary>
    public IReadOnlyDictionary<string, string[]> Fields { get; init; } = new Dictionary<string, string[]>();

    /// <summary>How long to wait before the next try; null when the service did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The item does not exist for this caller.</summary>
    public bool IsNotFound => Code is StatusCode.NotFound;

    /// <summary>The service, or the store behind it, cannot be reached at present.</summary>
    public bool IsUnavailable => Code is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Cancelled;

    /// <summary>Whether the same call may succeed later. A broken transport shows as Internal or Unknown.</summary>
    public bool IsTransient =>
        IsUnavailable
        || Code is StatusCode.ResourceExhausted or StatusCode.Aborted or StatusCode.Internal or StatusCode.Unknown;

    /// <summary>Whether the same call will succeed when an operator has corrected a secret, an address or a version. A
    /// caller that can wait for this may repeat the call; others should not.</summary>
    public bool IsMisconfiguration =>
        Code is StatusCode.Unauthenticated or StatusCode.PermissionDenied or StatusCode.Unimplemented;

    /// <summary><see cref="RetryAfter"/>, or five seconds, in the whole seconds of a Retry-After header; at least
    /// one.</summary>
    public int RetryAfterSeconds => WholeSeconds(RetryAfter ?? DefaultRetryAfter);

    /// <summary>A wait in the form of a Retry-After header; zero would make callers retry in a loop.</summary>
    public static int WholeSeconds(TimeSpan wait) => Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));

    /// <summary>Reads the failure from the exception of a call.</summary>
    public static ServiceFailure Of(RpcException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var rich = ReadStatus(exception);
        return new ServiceFailure(exception.StatusCode, rich?.Message ?? BareMessage(exception))
        {
            Fields = (rich?.GetDetail<BadRequest>()?.FieldViolations ?? [])
                .GroupBy(violation => violation.Field, violation => violation.Description)
                .ToDictionary(field => field.Key, field => field.ToArray()),
            RetryAfter = rich?.GetDetail<RetryInfo>()?.RetryDelay?.ToTimeSpan(),
        };
    }

    /// <summary>The exception that a service throws to answer with this failure.</summary>
    public RpcException ToException()
    {
        var status = new RichStatus { Code = (int)Code, Message = Message ?? "" };
        if (Fields.Count > 0)
        {
            var violations = Fields.SelectMany(
                field => field.Value,
                (field, problem) => new BadRequest.Types.FieldViolation { Field = field.Key, Description = problem }
            );
            status.Details.Add(Any.Pack(new BadRequest { FieldViolations = { violations } }));
        }

        if (RetryAfter is { } wait)
        {
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = wait.ToDuration() }));
        }

        return status.ToRpcException();
    }

    // The message of a bare status is shown only with a code that the transport never sets, because the transport's
    // messages may contain addresses.
    private static string? BareMessage(RpcException exception) =>
        exception.StatusCode is StatusCode.InvalidArgument or StatusCode.FailedPrecondition
            ? exception.Status.Detail
            : null;

    // A proxy on the way may have changed the trailer; the status code is then enough.
    private static RichStatus? ReadStatus(RpcException exception)
    {
        try
        {
            return exception.GetRpcStatus();
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
