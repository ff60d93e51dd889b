namespace DataGen.ServiceDefaults.Hosting;

/// <summary>Ends the process when its stop takes too long: a peer that does not come back, such as a cluster's Redis,
/// may block the disposal for ever.</summary>
public sealed class StopDeadline : IDisposable
{
    /// <summary>The exit code when a stop had to be cut short (EX_TEMPFAIL). Nothing is lost by this, and the
    /// supervisor starts the service again.</summary>
    public const int OverdueExitCode = 75;

    // Added to the host's own time for a stop, which does not bound the disposal of its parts.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource stopped = new();
    private CancellationTokenRegistration beginning;

    /// <summary>Starts the deadline when <paramref name="stopping"/> is cancelled; the stop may take
    /// <paramref name="shutdownTimeout"/> and <see cref="Grace"/>.</summary>
    public void StartOn(TimeSpan shutdownTimeout, CancellationToken stopping) =>
        beginning = stopping.Register(() => Start(shutdownTimeout));

    /// <summary>Starts the deadline now.</summary>
    public void Start(TimeSpan shutdownTimeout) => _ = ExitAfterAsync(shutdownTimeout + Grace, stopped.Token);

    /// <summary>Ends the deadline, because everything has stopped.</summary>
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
