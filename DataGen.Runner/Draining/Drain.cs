namespace DataGen.Runner.Draining;

/// <summary>
/// How the Runner stops: it begins no new call, gives the calls in flight a bounded time to end, sends the records that
/// have ended, and closes its streams, so that Tasks has the rest made by another Runner. Calls that are still in
/// flight after that time are abandoned.
/// </summary>
internal sealed class Drain(TimeSpan limit, TimeProvider clock) : IDisposable
{
    /// <summary>How long the last messages may take after the last call has ended.</summary>
    public static readonly TimeSpan LastMessages = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly CancellationTokenSource begun = new();
    private readonly CancellationTokenSource callsOver = new();
    private readonly CancellationTokenSource streamsOver = new();
    private readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<ITimer> timers = [];
    private int streams;

    /// <summary>The number of open streams.</summary>
    public int Streams => Volatile.Read(ref streams);

    /// <summary>Cancelled when no new call or stream may begin.</summary>
    public CancellationToken Begun => begun.Token;

    /// <summary>Cancelled when calls in flight are to be abandoned.</summary>
    public CancellationToken CallsOver => callsOver.Token;

    /// <summary>Cancelled when streams have to end, even with messages unsent.</summary>
    public CancellationToken StreamsOver => streamsOver.Token;

    /// <summary>Enters a stream; false when no new stream may open.</summary>
    public bool TryEnter()
    {
        lock (gate)
        {
            if (begun.IsCancellationRequested)
            {
                return false;
            }

            streams++;
            return true;
        }
    }

    /// <summary>A stream has ended.</summary>
    public void Leave()
    {
        lock (gate)
        {
            if (--streams == 0 && begun.IsCancellationRequested)
            {
                drained.TrySetResult();
            }
        }
    }

    /// <summary>Begins to drain; completes when the last stream has ended.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await begun.CancelAsync();
        lock (gate)
        {
            if (streams == 0)
            {
                drained.TrySetResult();
            }

            timers.Add(clock.CreateTimer(_ => callsOver.Cancel(), null, limit, Timeout.InfiniteTimeSpan));
            timers.Add(
                clock.CreateTimer(_ => streamsOver.Cancel(), null, limit + LastMessages, Timeout.InfiniteTimeSpan)
            );
        }

        await drained.Task.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        foreach (var timer in timers)
        {
            timer.Dispose();
        }

        begun.Dispose();
        callsOver.Dispose();
        streamsOver.Dispose();
    }
}
