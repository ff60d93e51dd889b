using DataGen.Contracts;
using DataGen.Ratio1;
using Grpc.Core;

namespace DataGen.Tasks.Failures;

/// <summary>Classifies failures: transient ones are repeated (<see cref="TransientRetry"/>), permanent ones end the
/// task with a reason.</summary>
internal static class FailureKinds
{
    /// <summary>The time after which a caller may try again what failed transiently.</summary>
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

    /// <summary>Whether the same call may succeed later, unchanged.</summary>
    public static bool IsTransient(this Exception exception) =>
        exception switch
        {
            Ratio1Exception failure => failure.IsTransient,
            StoreUnavailableException failure => failure.IsTransient,

            // The task waits until an operator has corrected the setting.
            RpcException failure => new ServiceFailure(failure.StatusCode, null)
                is { IsTransient: true }
                    or { IsMisconfiguration: true },
            _ => exception is OrleansException or TimeoutException,
        };
}
