using System.Diagnostics;
using DataGen.Tasks.Failures;

namespace DataGen.Tasks.Storage;

/// <summary>Stores the state of a piece of work while it goes on.</summary>
internal sealed partial class PeriodicCheckpoint(string about, TimeProvider clock, ILogger logger)
{
    private const int RestFactor = 10;

    private readonly TransientRetry retry = new(clock);

    /// <summary>
    /// Repeats a write until the store confirms it. A write that the store refuses for good is repeated too: only the
    /// store can keep the state of a task, so an operator has to repair the store.
    /// </summary>
    /// <param name="write">The write.</param>
    /// <param name="fails">Called with the problem after each failed try.</param>
    /// <param name="succeeds">Called when it is stored.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public Task UntilStoredAsync(
        Func<Task> write,
        Action<string> fails,
        Action succeeds,
        CancellationToken cancellationToken
    ) =>
        retry.RunAsync(
            async _ =>
            {
                try
                {
                    await write();
                }
                catch (Exception exception) when (exception.IsExternal() && !exception.IsTransient())
                {
                    throw new StoreUnavailableException(exception.Message);
                }

                succeeds();
            },
            exception =>
            {
                Log.NotStored(logger, about, exception.Message);
                fails(exception.Message);
            },
            cancellationToken
        );

    /// <summary>
    /// Writes a checkpoint once per period when something has changed. A failed checkpoint is replaced by the next one.
    /// A write in progress is awaited, so that none arrives after the end. The slower the store, the longer the pause,
    /// because the records need the store more.
    /// </summary>
    /// <param name="period">The least time between two checkpoints.</param>
    /// <param name="version">Grows when something has changed.</param>
    /// <param name="write">Stores the present state.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task EveryAsync(
        TimeSpan period,
        Func<long> version,
        Func<Task> write,
        CancellationToken cancellationToken
    )
    {
        // A task may run for hours: its checkpoints are not part of its trace.
        Activity.Current = null;
        using var timer = new PeriodicTimer(period, clock);
        var (seen, lastEnd, lastTook) = (0L, 0L, TimeSpan.Zero);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var now = version();
            if (now == seen || clock.GetElapsedTime(lastEnd) < lastTook * RestFactor)
            {
                continue;
            }

            var started = clock.GetTimestamp();
            try
            {
                await write();
                seen = now;
            }
            catch (Exception exception) when (exception.IsExternal())
            {
                Log.NotStored(logger, about, exception.Message);
            }

            lastEnd = clock.GetTimestamp();
            lastTook = clock.GetElapsedTime(started, lastEnd);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Task {About}: a checkpoint is not stored yet: {Problem}")]
        public static partial void NotStored(ILogger logger, string about, string problem);
    }
}
