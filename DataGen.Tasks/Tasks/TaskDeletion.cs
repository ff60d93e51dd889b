using DataGen.Tasks.Storage;

namespace DataGen.Tasks.Tasks;

/// <summary>The removal of one deleted task, outside the grain's own turn; it goes on until everything is gone. When
/// the process dies, another one continues the removal.</summary>
internal sealed partial class TaskDeletion(
    TaskDocument document,
    TaskStore store,
    IGrainFactory grains,
    TimeProvider clock,
    ILogger logger
) : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();

    /// <summary>Completes when everything is gone, or when this process gave the removal up.</summary>
    public Task Settled { get; private set; } = Task.CompletedTask;

    /// <summary>Begins the removal.</summary>
    public void Start() => Settled = Task.Run(RunAsync);

    /// <summary>Leaves the rest to another process.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Settled;
        stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            await UntilDoneAsync(() => grains.RecordDeletedAsync(document.Owner!, document.Id));
            await UntilDoneAsync(() => new TaskRemoval(store, grains).RemoveAsync(document, stop.Token));
            await UntilDoneAsync(() => store.RemoveActiveTaskAsync(document.Id, stop.Token));
            Log.Gone(logger, document.Id);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The recovery service of some process continues the removal.
        }
        catch (Exception exception)
        {
            Log.Broke(logger, exception, document.Id);
        }
    }

    private Task UntilDoneAsync(Func<Task> act) =>
        new PeriodicCheckpoint(document.Id, clock, logger).UntilStoredAsync(
            act,
            static _ => { },
            static () => { },
            stop.Token
        );

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Task {TaskId} is deleted: nothing is kept of it.")]
        public static partial void Gone(ILogger logger, string taskId);

        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "Task {TaskId}: its removal broke off; it is tried again shortly."
        )]
        public static partial void Broke(ILogger logger, Exception exception, string taskId);
    }
}
