namespace DataGen.ServiceDefaults.Hosting;

/// <summary>Ends the process when its stop is overdue: a peer that does not come back, such as a cluster's Redis, may
/// hold up the disposal for ever.</summary>
public sealed class StopDeadline : IDisposable
{
    /// <summary>The exit code when a stop had to be cut short (EX_TEMPFAIL): nothing is lost by it, and what keeps
    /// the service running starts it again.</summary>
    public const int OverdueExitCode = 75;

    // Beyond the host's own time for a stop, which does not bound how long its parts take to be disposed of.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource stopped = new();
    private CancellationTokenRegistration beginning;

    /// <summary>The stop begins when <paramref name="stopping"/> is cancelled, and may take
    /// <paramref name="shutdownTimeout"/> and <see cref="Grace"/>.</summary>
    public void StartOn(TimeSpan shutdownTimeout, CancellationToken stopping) =>
        beginning = stopping.Register(() => Start(shutdownTimeout));

    /// <summary>The stop begins now.</summary>
    public void Start(TimeSpan shutdownTimeout) => _ = ExitAfterAsync(shutdownTimeout + Grace, stopped.Token);

    /// <summary>Everything has stopped.</summary>
    public void Dispose()
    {
        beginning.Dispose();
        stopped.Cancel();
        stopped.Dispose();
    }

    private static async Task ExitAfterAsync(TimeSpan patience, CancellationToken stopped)
    {
        await Task.Delay(patience, stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!stopped.IsCancellationRequested)
        {
            Environment.Exit(OverdueExitCode);
        }
    }
}
