using System.Collections.Concurrent;

namespace DataGen.Mock.Inference;

/// <summary>Counts the calls of the last minute, for each caller.</summary>
internal sealed class MinuteWindow(TimeProvider clock)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, Queue<DateTimeOffset>> calls = new();

    /// <summary>Counts the call when there is room for it; a limit of 0 is none.</summary>
    public bool TryEnter(string caller, double limit)
    {
        if (limit <= 0)
        {
            return true;
        }

        var calls = this.calls.GetOrAdd(caller, static _ => new Queue<DateTimeOffset>());
        var now = clock.GetUtcNow();
        lock (calls)
        {
            while (calls.TryPeek(out var first) && now - first >= Minute)
            {
                calls.Dequeue();
            }

            if (calls.Count >= limit)
            {
                return false;
            }

            calls.Enqueue(now);
            return true;
        }
    }
}
