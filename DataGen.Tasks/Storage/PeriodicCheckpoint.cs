using System.Diagnostics;
using DataGen.Tasks.Failures;

namespace DataGen.Tasks.Storage;

/// <summary>Stores or tells how work stands while it goes on.</summary>
internal sealed partial class PeriodicCheckpoint(string about, TimeProvider clock, ILogger logger)
{
    private const int RestFactor = 10;

    private readonly TransientRetry retry = new(clock);

    /// <summary>
    /// Repeats a write until the store confirms it. One that the store refuses for good is repeated too: nothing but
    /// the store can hold how a task stands or ended, so that the store has to be mended.
    /// </summary>
    /// <param name="write">The write.</param>
    /// <param name="fails">Told what is wrong after each try that failed.</param>
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
    /// Notes progress now and then, when there is any: a note that fails is simply superseded by the next. One that is
    /// on its way is waited for, so that none
    /// lands after the end; and a store that is slow is left alone the longer, since the records need it more.
    /// </summary>
    /// <param name="period">The least time between two notes.</param>
    /// <param name="version">Grows when there is something new.</param>
    /// <param name="note">Tells or stores how things stand.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task EveryAsync(
        TimeSpan period,
        Func<long> version,
        Func<Task> note,
        CancellationToken cancellationToken
    )
    {
        // A task may go on for hours: its checkpoints are no part of its trace.
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
                await note();
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
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "Task {About}: a note about it is not stored yet: {Problem}"
        )]
        public static partial void NotStored(ILogger logger, string about, string problem);
    }
}
