using Google.Rpc;
using Grpc.Core;
using Status = Google.Rpc.Status;

namespace DataGen.Web.Client;

/// <summary>What a failed call to Tasks means to the person in front of the page.</summary>
internal static class TasksFaults
{
    private static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Tasks, or the CStore behind it, cannot be reached just now.</summary>
    internal static bool IsAway(this RpcException exception) =>
        exception.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded;

    /// <summary>There is no such task for this caller; an id that is none at all counts as unknown too.</summary>
    internal static bool IsUnknownTask(this RpcException exception) =>
        exception.StatusCode is StatusCode.NotFound or StatusCode.InvalidArgument;

    /// <summary>When it is worth trying again, rounded up to whole seconds.</summary>
    internal static TimeSpan RetryAfter(this RpcException exception)
    {
        var delay = exception.Detail()?.GetDetail<RetryInfo>()?.RetryDelay?.ToTimeSpan() ?? DefaultRetryAfter;
        return TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(delay.TotalSeconds)));
    }

    /// <summary>The fields Tasks found wrong, by their REST names (camelCase), each with what is wrong.</summary>
    internal static IEnumerable<BadRequest.Types.FieldViolation> FieldViolations(this RpcException exception) =>
        exception.Detail()?.GetDetail<BadRequest>()?.FieldViolations ?? [];

    private static Status? Detail(this RpcException exception)
    {
        try
        {
            return exception.GetRpcStatus();
        }
        catch (Google.Protobuf.InvalidProtocolBufferException)
        {
            return null; // a proxy in between may have mangled the trailer; the status code still tells enough
        }
    }
}
