using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace DataGen.Tasks.Failures;

/// <summary>Reads what grains stream.</summary>
internal static class GrainStreams
{
    /// <summary>The same stream, which ends at once when the token is cancelled (a grain may need a minute to notice).
    /// The stream ends early when its grain is gone.</summary>
    /// <exception cref="StoreUnavailableException">The grain was gone before it sent anything.</exception>
    public static async IAsyncEnumerable<T> UntilAsync<T>(
        this IAsyncEnumerable<T> stream,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var enumerator = stream.GetAsyncEnumerator(CancellationToken.None);
        var next = Task.FromResult(false);
        try
        {
            for (var isFirst = true; ; isFirst = false)
            {
                // Otherwise each call would add a span to the trace of the request that began the stream.
                Activity.Current = null;
                next = enumerator.MoveNextAsync().AsTask();
                if (!await IsNextAsync(next, isFirst, cancellationToken))
                {
                    yield break;
                }

                yield return enumerator.Current;
            }
        }
        finally
        {
            _ = LeaveAsync(enumerator, next);
        }
    }

    private static async Task<bool> IsNextAsync(Task<bool> next, bool isFirst, CancellationToken cancellationToken)
    {
        try
        {
            return await next.WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is EnumerationAbortedException or OperationCanceledException)
        {
            // A process that stops, or a cancelled task, also ends the shards whose streams are read here.
            cancellationToken.ThrowIfCancellationRequested();
            return isFirst ? throw new StoreUnavailableException("It is being taken up by another process.") : false;
        }
    }

    private static async Task LeaveAsync<T>(IAsyncEnumerator<T> enumerator, Task pending)
    {
        await enumerator.DisposeAsync().AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await pending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
