namespace DataGen.Runner.Draining;

/// <summary>Drains before anything else is stopped, so that the health service answers and new streams
/// are refused with a reason.</summary>
internal sealed partial class DrainService(Drain drain, ILogger<DrainService> logger) : IHostedLifecycleService
{
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        Log.Draining(logger);
        await drain.RunAsync(cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Stopping: no new call begins, those in flight may end")]
        public static partial void Draining(ILogger logger);
    }
}
