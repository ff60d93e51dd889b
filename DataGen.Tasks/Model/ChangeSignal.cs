using System.Runtime.CompilerServices;

namespace DataGen.Tasks.Model;

/// <summary>Tells readers that something changed, so that nobody has to ask. Safe for concurrent use.</summary>
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

    /// <summary>Nothing changes any more: every reader reads once more, and ends.</summary>
    public void Complete()
    {
        completed.TrySetResult();
        Raise();
    }

    /// <summary>What <paramref name="read"/> gives now, and again after changes, at most once per period; the last time
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

            // In this order: a completion between the two is seen in the next round, since it raises a change.
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
