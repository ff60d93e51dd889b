using DataGen.ServiceDefaults.Identity;
using Grpc.Core;

namespace DataGen.Contracts;

/// <summary>What the calls about one task have in common, at whatever service.</summary>
public static class TaskCall
{
    /// <summary>The id of a request as tasks have it.</summary>
    /// <exception cref="RpcException">NOT_FOUND: no task has such an id.</exception>
    public static string Id(string asked) =>
        Guid.TryParseExact(asked, "D", out var id) ? id.ToString() : throw CallFailures.NotFound();

    /// <summary>Whose task is meant: the caller's own, or for an admin who asks so, another's.</summary>
    /// <param name="asked">The name in the request; empty: the caller.</param>
    /// <param name="context">The call.</param>
    /// <exception cref="RpcException">NOT_FOUND: another's, and the caller is no admin.</exception>
    public static string Owner(string asked, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(asked);
        var user = context.GetHttpContext().User;
        return asked.Length == 0 || asked == user.Username() ? user.Username()
            : user.IsAdmin() ? asked
            : throw CallFailures.NotFound();
    }

    /// <summary>The length of a page.</summary>
    /// <param name="asked">What the request says; 0: nothing.</param>
    /// <param name="fallback">Where it says nothing.</param>
    /// <param name="most">The longest.</param>
    /// <exception cref="RpcException">INVALID_ARGUMENT: beyond it, or negative.</exception>
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
    /// <exception cref="RpcException">INVALID_ARGUMENT: negative.</exception>
    public static int Offset(int asked) =>
        asked >= 0 ? asked : throw CallFailures.Invalid(("offset", "A whole number, 0 or more."));

    /// <summary>Whether a task goes on by itself: queued or running.</summary>
    public static bool IsLive(this GenerationTaskStatus status) =>
        status is GenerationTaskStatus.Queued or GenerationTaskStatus.Running;
}
