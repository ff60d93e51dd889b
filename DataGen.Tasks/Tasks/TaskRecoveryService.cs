using System.Collections.Concurrent;
using DataGen.Tasks.Storage;

namespace DataGen.Tasks.Tasks;

/// <summary>Resumes every unfinished task: at the start, and every few seconds, for tasks whose process died elsewhere
/// in the cluster.</summary>
internal sealed partial class TaskRecoveryService(
    TaskStore store,
    IGrainFactory grains,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<TaskRecoveryService> logger
) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private const int AtOnce = 16;

    // An entry without a task is left from a creation that was never confirmed or a deletion that broke off; or the
    // task has not reached this node yet.
    private const int LooksBeforeForgetting = 3;
    private readonly ConcurrentDictionary<string, int> missing = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Period, clock);
        do
        {
            await SweepAsync(stoppingToken);
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            var active = await store.ReadActiveTasksAsync(cancellationToken);
            var options = new ParallelOptions
            {
                MaxDegreeOfParallelism = AtOnce,
                CancellationToken = cancellationToken,
            };
            await Parallel.ForEachAsync(
                active.Keys,
                options,
                async (taskId, token) => await TakeUpAsync(taskId, token)
            );
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.SweepFailed(logger, exception.Message);
        }
    }

    private async ValueTask TakeUpAsync(string taskId, CancellationToken cancellationToken)
    {
        try
        {
            var looks = missing.GetValueOrDefault(taskId) + 1;
            var isThere = await grains
                .GetGrain<ITaskGrain>(taskId)
                .EnsureRunningAsync(forget: looks >= LooksBeforeForgetting)
                .WaitAsync(Patience, clock, cancellationToken);
            if (isThere || looks >= LooksBeforeForgetting)
            {
                missing.TryRemove(taskId, out _);
            }
            else
            {
                missing[taskId] = looks;
            }
        }
        catch (TimeoutException)
        {
            // The task starts by itself; the other tasks do not wait for it.
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // A failure of one task does not keep the others from being resumed; this one is tried again.
            Log.TaskFailed(logger, taskId, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "Task {TaskId} cannot be taken up just now, trying again: {Problem}"
        )]
        public static partial void TaskFailed(ILogger logger, string taskId, string problem);

        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "Unfinished tasks cannot be looked for just now, trying again: {Problem}"
        )]
        public static partial void SweepFailed(ILogger logger, string problem);
    }
}
