using System.Diagnostics;

namespace DataGen.Tests.Reliability;

/// <summary>Somebody who looks at a task five times a second, and goes on polling when there is no answer.</summary>
internal sealed class ProgressPoller : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly CreatedTask task;
    private readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(
        TestContext.Current.CancellationToken
    );
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly Task polling;
    private volatile int completed;
    private volatile string status = "queued";
    private TimeSpan lastMove;
    private int highest;

    public ProgressPoller(CreatedTask task)
    {
        this.task = task;
        polling = Task.Run(PollAsync);
    }

    /// <summary>Records that had ended at the last answer.</summary>
    public int Completed => completed;

    /// <summary>Whether the task had not ended at the last answer.</summary>
    public bool IsUnfinished => status is "queued" or "running";

    /// <summary>Since the task was created, or how long it took.</summary>
    public TimeSpan Elapsed => clock.Elapsed;

    /// <summary>The longest time in which it saw no record end.</summary>
    public TimeSpan LongestPause { get; private set; }

    /// <summary>By how many records the progress it saw has gone back at most.</summary>
    public int LongestStepBack { get; private set; }

    /// <summary>Waits until more records have ended.</summary>
    public Task MoreThanAsync(int records) =>
        Eventually.TrueAsync(() => completed > records || !IsUnfinished, $"more than {records} records of {task.Id}");

    /// <summary>Waits for the task's end.</summary>
    public async Task EndAsync()
    {
        await Eventually.TrueAsync(
            () => polling.IsCompleted,
            $"the end of {task.Id}, of which {completed} of {task.Count} records have ended"
        );
        await polling;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await polling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task PollAsync()
    {
        using var timer = new PeriodicTimer(Period);
        while (IsUnfinished)
        {
            await timer.WaitForNextTickAsync(stop.Token);
            if (await task.User.TryGetAsync(task.Path, Patience, stop.Token) is not { } seen)
            {
                continue;
            }

            var now = seen.GetProperty("completed").GetInt32();
            LongestStepBack = Math.Max(LongestStepBack, highest - now);
            if (now > highest)
            {
                highest = now;
                LongestPause = clock.Elapsed - lastMove > LongestPause ? clock.Elapsed - lastMove : LongestPause;
                lastMove = clock.Elapsed;
            }

            completed = now;
            status = seen.GetProperty("status").GetString()!;
        }

        clock.Stop();
    }
}
