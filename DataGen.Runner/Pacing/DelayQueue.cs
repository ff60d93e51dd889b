namespace DataGen.Runner.Pacing;

/// <summary>Holds items until they are to be tried again, and signals when the first one is due. A waiting item takes
/// no slot.</summary>
internal sealed class DelayQueue<T> : IDisposable
{
    private readonly Lock gate = new();
    private readonly PriorityQueue<T, long> queue = new();
    private readonly TimeProvider clock;
    private readonly ITimer timer;

    /// <param name="clock">The clock that delays are counted on.</param>
    /// <param name="due">Set when an item has become due.</param>
    public DelayQueue(TimeProvider clock, AsyncAutoResetEvent due)
    {
        this.clock = clock;
        timer = clock.CreateTimer(
            static signal => ((AsyncAutoResetEvent)signal!).Set(),
            due,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
    }

    /// <summary>How many items are held.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return queue.Count;
            }
        }
    }

    /// <summary>Whether an item is due; if not, the signal will be set when one is.</summary>
    public bool HasDue()
    {
        lock (gate)
        {
            if (queue.TryPeek(out _, out var due) && due <= clock.GetTimestamp())
            {
                return true;
            }

            // Timers run on a coarser clock: a timer that fired too early is set again.
            SetTimer();
            return false;
        }
    }

    /// <summary>Holds <paramref name="item"/> for <paramref name="delay"/>.</summary>
    public void Add(T item, TimeSpan delay)
    {
        lock (gate)
        {
            queue.Enqueue(item, clock.GetTimestamp() + (long)(delay.TotalSeconds * clock.TimestampFrequency));
            SetTimer();
        }
    }

    /// <summary>Takes the item that has been due longest; false when none is due.</summary>
    public bool TryTake([System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T item)
    {
        lock (gate)
        {
            var taken = queue.TryPeek(out _, out var due) && due <= clock.GetTimestamp();
            item = taken ? queue.Dequeue() : default;
            SetTimer();
            return taken;
        }
    }

    public void Dispose() => timer.Dispose();

    private void SetTimer()
    {
        if (queue.TryPeek(out _, out var due))
        {
            // Timers count whole milliseconds and cut off the rest: without one more, the timer fires too early.
            var wait = clock.GetElapsedTime(clock.GetTimestamp(), due);
            timer.Change(
                wait > TimeSpan.Zero ? wait + TimeSpan.FromMilliseconds(1) : TimeSpan.Zero,
                Timeout.InfiniteTimeSpan
            );
        }
    }
}
