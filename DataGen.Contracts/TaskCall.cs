using DataGen.ServiceDefaults.Identity;
using Grpc.Core;

namespace DataGen.Contracts;

/// <summary>Reads the parts that all calls about one task have in common, for every service.</summary>
public static class TaskCall
{
    /// <summary>The id of a request in the form that tasks have.</summary>
    /// <exception cref="RpcException">NOT_FOUND: no task has such an id.</exception>
    public static string Id(string asked) =>
        Guid.TryParseExact(asked, "D", out var id) ? id.ToString() : throw CallFailures.NotFound();

    /// <summary>The owner of the task that a call is about: the caller, or for an admin who names one, another
    /// user.</summary>
    /// <param name="asked">The name in the request; empty: the caller.</param>
    /// <param name="context">The call.</param>
    /// <exception cref="RpcException">NOT_FOUND: another user is named, and the caller is not an admin.</exception>
    public static string Owner(string asked, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(asked);
        var user = context.GetHttpContext().User;
        return asked.Length == 0 || asked == user.Username() ? user.Username()
            : user.IsAdmin() ? asked
            : throw CallFailures.NotFound();
    }

    /// <summary>The length of a page.</summary>
    /// <param name="asked">The length in the request; 0: none is given.</param>
    /// <param name="fallback">The length when none is given.</param>
    /// <param name="most">The greatest length.</param>
    /// <exception cref="RpcException">INVALID_ARGUMENT: the length is greater, or negative.</exception>
    public static int Limit(int asked, int fallback, int most) =>
        asked switch
        {
            0 => fallback,
            _ when asked < 0 || asked > most => throw CallFailures.Invalid(
                ("limit", $"A whole number from 1 to {most}.")
            ),
            _ => asked,
        };

    /// <summary>The number of records to skip.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: the number is negative.</exception>
    public static int Offset(int asked) =>
        asked >= 0 ? asked : throw CallFailures.Invalid(("offset", "A whole number, 0 or more."));

    /// <summary>Whether the task still runs: it is queued or running.</summary>
    public static bool IsLive(this GenerationTaskStatus status) =>
        status is GenerationTaskStatus.Queued or GenerationTaskStatus.Running;
}
