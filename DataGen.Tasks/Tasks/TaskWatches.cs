using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using DataGen.Tasks.Failures;
using DataGen.Tasks.Model;

namespace DataGen.Tasks.Tasks;

/// <summary>The watchers in this process: all watchers of one task share one stream from its grain.</summary>
internal sealed class TaskWatches(IGrainFactory grains, TimeProvider clock)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(0.25);
    private readonly Lock gate = new();
    private readonly Dictionary<string, Watch> watches = [];

    /// <summary>A task's progress now and after changes, at most four times a second, until it has ended. The stream
    /// ends earlier when there is no such task, or no longer.</summary>
    public async IAsyncEnumerable<TaskProgress> WatchAsync(
        string taskId,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var watch = Join(taskId);
        try
        {
            await watch.Began.Task.WaitAsync(cancellationToken);
            var sent = 0L;
            await foreach (
                var progress in watch.Changes.FollowAsync(() => watch.Newest, Period, clock, cancellationToken)
            )
            {
                if (progress is not null && progress.Version != sent)
                {
                    yield return progress;
                    sent = progress.Version;
                }
            }

            watch.Failure?.Throw();
        }
        finally
        {
            Leave(taskId, watch);
        }
    }

    private Watch Join(string taskId)
    {
        lock (gate)
        {
            if (!watches.TryGetValue(taskId, out var watch))
            {
                watches[taskId] = watch = new Watch();
                _ = ReadAsync(taskId, watch);
            }

            watch.Watchers++;
            return watch;
        }
    }

    private void Leave(string taskId, Watch watch)
    {
        lock (gate)
        {
            if (--watch.Watchers == 0)
            {
                Remove(taskId, watch);
                watch.Stop.Cancel();
            }
        }
    }

    private void Remove(string taskId, Watch watch)
    {
        lock (gate)
        {
            if (watches.TryGetValue(taskId, out var known) && ReferenceEquals(known, watch))
            {
                watches.Remove(taskId);
            }
        }
    }

    private async Task ReadAsync(string taskId, Watch watch)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            // A stream that ends before its task does is opened again: the grain moved or loaded the task again.
            while (await ReadOnceAsync(taskId, watch) && !watch.Newest!.Task.Status.IsFinal())
            {
                await Task.Delay(Period, clock, watch.Stop.Token);
            }
        }
        catch (Exception exception)
        {
            watch.Failure = ExceptionDispatchInfo.Capture(exception);
        }
        finally
        {
            Remove(taskId, watch);
            watch.Changes.Complete();
            watch.Began.TrySetResult();
        }
    }

    private async Task<bool> ReadOnceAsync(string taskId, Watch watch)
    {
        var isThere = false;
        var stream = grains.GetGrain<ITaskGrain>(taskId).WatchAsync(CancellationToken.None);
        await foreach (var progress in stream.UntilAsync(watch.Stop.Token))
        {
            (isThere, watch.Newest) = (true, progress);
            watch.Began.TrySetResult();
            watch.Changes.Raise();
        }

        return isThere;
    }

    private sealed class Watch
    {
        public int Watchers { get; set; }
        public TaskProgress? Newest { get; set; }
        public ExceptionDispatchInfo? Failure { get; set; }
        public ChangeSignal Changes { get; } = new();
        public TaskCompletionSource Began { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public CancellationTokenSource Stop { get; } = new();
    }
}
