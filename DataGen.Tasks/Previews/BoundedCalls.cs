using DataGen.Contracts;
using DataGen.Tasks.Failures;
using Grpc.Core;

namespace DataGen.Tasks.Previews;

/// <summary>Calls of a Runner for which somebody is waiting.</summary>
internal static class BoundedCalls
{
    /// <summary>Makes them, for so long at most.</summary>
    /// <param name="longest">How long.</param>
    /// <param name="clock">Tells the time.</param>
    /// <param name="make">The calls; what they have brought by then stays with who makes them.</param>
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
            // What there is by now is all.
        }
        catch (RpcException refusal) when (refusal.IsTransient())
        {
            throw CallFailures.Unavailable("No Runner can be reached.", FailureKinds.RetryAfter);
        }
    }
}
