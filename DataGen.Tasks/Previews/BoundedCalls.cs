using DataGen.Contracts;
using DataGen.Tasks.Failures;
using Grpc.Core;

namespace DataGen.Tasks.Previews;

/// <summary>Calls to a Runner whose result a user waits for.</summary>
internal static class BoundedCalls
{
    /// <summary>Makes the calls within a bounded time.</summary>
    /// <param name="longest">The longest time.</param>
    /// <param name="clock">Tells the time.</param>
    /// <param name="make">Makes the calls. What they have returned when the time is over is kept by the caller.</param>
    /// <param name="cancellationToken">Ends them.</param>
    /// <exception cref="RpcException">No Runner answers, or it refuses.</exception>
    public static async Task MakeAsync(
        TimeSpan longest,
        TimeProvider clock,
        Func<CancellationToken, Task> make,
        CancellationToken cancellationToken
    )
    {
        using var deadline = new CancellationTokenSource(longest, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            await make(ending.Token);
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or RpcException
                && deadline.IsCancellationRequested
                && !cancellationToken.IsCancellationRequested
            )
        {
            // The time is over; the caller uses what has arrived.
        }
        catch (RpcException refusal) when (refusal.IsTransient())
        {
            throw CallFailures.Unavailable("No Runner can be reached.", FailureKinds.RetryAfter);
        }
    }
}
