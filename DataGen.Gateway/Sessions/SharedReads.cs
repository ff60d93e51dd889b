using DataGen.Ratio1.CStore;

namespace DataGen.Gateway.Sessions;

/// <summary>
/// Combines reads of one key at the same moment into one read, so that a page with twenty requests reads twice and not
/// twenty times.
/// </summary>
/// <remarks>
/// A caller never gets the result of a read that began before its call: while one read is under way, later callers
/// share the next one. A session that was revoked before a request arrives is therefore revoked for that request.
/// </remarks>
/// <param name="read">The read; its token is cancelled after <paramref name="timeout"/>, not by any caller.</param>
/// <param name="timeout">The longest a read may take; then it fails as if the store could not be reached.</param>
internal sealed class SharedReads<TKey, TValue>(Func<TKey, CancellationToken, Task<TValue>> read, TimeSpan timeout)
    where TKey : notnull
{
    private readonly Lock gate = new();
    private readonly Dictionary<TKey, Slot> slots = [];

    /// <summary>The value of <paramref name="key"/> as it is at some moment after this call.</summary>
    public Task<TValue> GetAsync(TKey key, CancellationToken cancellationToken)
    {
        Task<TValue> result;
        lock (gate)
        {
            if (slots.TryGetValue(key, out var slot))
            {
                slot.Next ??= NewResult();
                result = slot.Next.Task;
            }
            else
            {
                var first = NewResult();
                result = first.Task;
                slots[key] = slot = new Slot();
                _ = RunAsync(key, slot, first);
            }
        }

        return result.WaitAsync(cancellationToken);
    }

    private static TaskCompletionSource<TValue> NewResult() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task RunAsync(TKey key, Slot slot, TaskCompletionSource<TValue> result)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (true)
        {
            try
            {
                using var deadline = new CancellationTokenSource(timeout);
                result.SetResult(await read(key, deadline.Token));
            }
            catch (OperationCanceledException exception)
            {
                result.SetException(new CStoreException("A look-up took too long.", isTransient: true, exception));
                _ = result.Task.Exception;
            }
            catch (Exception exception)
            {
                result.SetException(exception);
                _ = result.Task.Exception;
            }

            lock (gate)
            {
                if (slot.Next is not { } next)
                {
                    slots.Remove(key);
                    return;
                }

                (result, slot.Next) = (next, null);
            }
        }
    }

    private sealed class Slot
    {
        public TaskCompletionSource<TValue>? Next { get; set; }
    }
}
