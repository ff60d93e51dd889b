using DataGen.Ratio1;

namespace DataGen.Tasks.Storage;

/// <summary>
/// Stores the values of a grain a little later: only the latest value of each, one write at a time; a failed write is
/// tried again later. A null value is removed from the store. Used only in the grain's own turn.
/// </summary>
internal sealed partial class WriteBehind<T>(Func<string, T?, Task> write, TimeProvider clock, ILogger logger)
    where T : class
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(0.5);

    // The progress of running tasks is known again after a crash, so frequent writes would only load the store.
    private const int TicksBetweenProgress = 10;

    // The slower the store, the longer the pause, because the records need it more.
    private const int RestFactor = 10;

    private readonly Dictionary<string, T?> dirty = [];
    private readonly HashSet<string> urgent = [];
    private readonly Dictionary<string, Task> queued = [];
    private Task last = Task.CompletedTask;
    private int ticks;
    private long restedFrom;
    private TimeSpan lastTook;

    /// <summary>Notes a value; with <paramref name="soon"/> it is stored within half a second, else within
    /// five.</summary>
    public void Set(string id, T? value, bool soon)
    {
        if (!dirty.TryGetValue(id, out var noted) || !Equals(noted, value))
        {
            dirty[id] = value;
        }

        if (soon)
        {
            urgent.Add(id);
        }
    }

    /// <summary>Starts the grain's timer, which stores the noted values.</summary>
    public void Schedule(IGrainBase grain) =>
        grain.RegisterGrainTimer(
            static async (self, _) => await self.TickAsync(),
            this,
            new GrainTimerCreationOptions
            {
                DueTime = Tick,
                Period = Tick,
                Interleave = true,
            }
        );

    /// <summary>Stores one value now. Callers that ask while a write waits for its turn share that write, which takes
    /// the latest value.</summary>
    /// <exception cref="Ratio1Exception">The store did not confirm it; the value stays noted.</exception>
    public Task FlushAsync(string id) =>
        queued.TryGetValue(id, out var waiting) ? waiting : last = queued[id] = WriteAfterAsync(last, id);

    /// <summary>Stores all values, as far as the store confirms them.</summary>
    public Task TryFlushAsync() => TryFlushAsync([.. dirty.Keys]);

    private async Task TickAsync()
    {
        if (++ticks % TicksBetweenProgress != 0 || clock.GetElapsedTime(restedFrom) < lastTook * RestFactor)
        {
            await TryFlushAsync([.. urgent]);
            return;
        }

        var started = clock.GetTimestamp();
        await TryFlushAsync([.. dirty.Keys]);
        restedFrom = clock.GetTimestamp();
        lastTook = clock.GetElapsedTime(started, restedFrom);
    }

    private async Task WriteAfterAsync(Task before, string id)
    {
        await before.ConfigureAwait(
            ConfigureAwaitOptions.ContinueOnCapturedContext
                | ConfigureAwaitOptions.SuppressThrowing
                | ConfigureAwaitOptions.ForceYielding
        );
        queued.Remove(id);
        if (dirty.TryGetValue(id, out var value))
        {
            await write(id, value);
            if (dirty.TryGetValue(id, out var now) && ReferenceEquals(now, value))
            {
                dirty.Remove(id);
                urgent.Remove(id);
            }
        }
    }

    private async Task TryFlushAsync(string[] ids)
    {
        foreach (var id in ids)
        {
            try
            {
                await FlushAsync(id);
            }
            catch (Ratio1Exception exception)
            {
                Log.NotStored(logger, id, exception.Message);
                if (exception.IsTransient)
                {
                    // The other writes would fail in the same way.
                    return;
                }
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "What is noted of {Id} is not stored yet: {Problem}")]
        public static partial void NotStored(ILogger logger, string id, string problem);
    }
}
