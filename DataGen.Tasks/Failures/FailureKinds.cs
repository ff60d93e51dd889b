using DataGen.Contracts;
using DataGen.Ratio1;
using Grpc.Core;

namespace DataGen.Tasks.Failures;

/// <summary>Says of a failure what can be done about it: transient ones are repeated
/// (<see cref="TransientRetry"/>), permanent ones end the task with a reason.</summary>
internal static class FailureKinds
{
    /// <summary>After how long a caller is asked to try again what failed for now.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Whether something outside of this process failed: the store, R1FS, a grain elsewhere, a
    /// Runner.</summary>
    public static bool IsExternal(this Exception exception) =>
        exception
            is Ratio1Exception
                or StoreUnavailableException
                or RpcException
                or OrleansException
                or TimeoutException;

    /// <summary>Whether the same may succeed later without a change of what is asked.</summary>
    public static bool IsTransient(this Exception exception) =>
        exception switch
        {
            Ratio1Exception failure => failure.IsTransient,
            StoreUnavailableException failure => failure.IsTransient,

            // A task waits until an operator has mended it.
            RpcException failure => new ServiceFailure(failure.StatusCode, null)
                is { IsTransient: true }
                    or { IsMisconfiguration: true },
            _ => exception is OrleansException or TimeoutException,
        };
}
