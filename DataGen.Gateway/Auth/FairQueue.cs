namespace DataGen.Gateway.Auth;

/// <summary>
/// Admits one caller at a time. Waiting keys take turns, one caller each, so that a key with many waiters delays every
/// other key by at most one turn.
/// </summary>
/// <param name="mostPerKey">How many callers of one key may wait.</param>
/// <param name="mostKeys">How many keys may have waiting callers.</param>
internal sealed class FairQueue<TKey>(int mostPerKey, int mostKeys)
    where TKey : notnull
{
    private readonly Lock gate = new();

    // A key is in the line exactly while it has an entry in the dictionary.
    private readonly Queue<TKey> line = [];
    private readonly Dictionary<TKey, List<TaskCompletionSource>> waiters = [];
    private bool isTaken;

    /// <summary>Waits for a turn, which ends when the result is disposed; null at once when too many callers wait
    /// already.</summary>
    public async Task<IDisposable?> EnterAsync(TKey key, CancellationToken cancellationToken)
    {
        TaskCompletionSource mine;
        lock (gate)
        {
            if (!isTaken)
            {
                isTaken = true;
                return new Turn(this);
            }

            if (!waiters.TryGetValue(key, out var others))
            {
                if (waiters.Count >= mostKeys)
                {
                    return null;
                }

                waiters[key] = others = [];
                line.Enqueue(key);
            }

            if (others.Count >= mostPerKey)
            {
                return null;
            }

            mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            others.Add(mine);
        }

        await using var leaving = cancellationToken.UnsafeRegister(_ => Leave(key, mine, cancellationToken), null);
        await mine.Task;
        return new Turn(this);
    }

    // A key whose last waiter has gone stays in the line, empty, until its turn comes; it counts until then.
    private void Leave(TKey key, TaskCompletionSource waiter, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (waiters.TryGetValue(key, out var others) && others.Remove(waiter))
            {
                waiter.SetCanceled(cancellationToken);
            }
        }
    }

    private void Next()
    {
        lock (gate)
        {
            while (line.TryDequeue(out var key))
            {
                var ofKey = waiters[key];
                var next = ofKey.FirstOrDefault();
                if (next is not null)
                {
                    ofKey.RemoveAt(0);
                }

                if (ofKey.Count == 0)
                {
                    waiters.Remove(key);
                }
                else
                {
                    line.Enqueue(key);
                }

                if (next is not null)
                {
                    next.SetResult();
                    return;
                }
            }

            isTaken = false;
        }
    }

    private sealed class Turn(FairQueue<TKey> queue) : IDisposable
    {
        private bool isOver;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref isOver, true))
            {
                queue.Next();
            }
        }
    }
}
