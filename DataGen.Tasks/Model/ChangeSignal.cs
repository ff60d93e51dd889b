using System.Runtime.CompilerServices;

namespace DataGen.Tasks.Model;

/// <summary>Tells readers that something changed, so that they do not poll. Safe for concurrent use.</summary>
internal sealed class ChangeSignal
{
    private readonly Lock gate = new();
    private readonly TaskCompletionSource completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? next;
    private long changes;

    /// <summary>Something changed.</summary>
    public void Raise()
    {
        TaskCompletionSource? waiting;
        lock (gate)
        {
            changes++;
            (waiting, next) = (next, null);
        }

        waiting?.SetResult();
    }

    /// <summary>Nothing will change any more: every reader reads once more and ends.</summary>
    public void Complete()
    {
        completed.TrySetResult();
        Raise();
    }

    /// <summary>Yields <paramref name="read"/>'s value now and after changes, at most once per period, and a last time
    /// after the completion.</summary>
    public async IAsyncEnumerable<T> FollowAsync<T>(
        Func<T> read,
        TimeSpan period,
        TimeProvider clock,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var seen = -1L;
        while (true)
        {
            await NextAsync(seen).WaitAsync(cancellationToken);

            // The order matters: a completion between these two lines is seen in the next round, because it raises a
            // change.
            seen = Interlocked.Read(ref changes);
            var isLast = completed.Task.IsCompleted;
            yield return read();
            if (isLast)
            {
                yield break;
            }

            await completed
                .Task.WaitAsync(period, clock, cancellationToken)
                .ConfigureAwait(
                    ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing
                );
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private Task NextAsync(long seen)
    {
        lock (gate)
        {
            return changes == seen
                ? (next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task
                : Task.CompletedTask;
        }
    }
}
