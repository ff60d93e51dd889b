namespace DataGen.Runner.Pacing;

/// <summary>
/// Closed: calls are made. Open: no call is made until the pause is over; then a single probe either closes the circuit
/// or opens it for longer. Not thread-safe. Its owner calls <see cref="PauseOver"/> when the pause that
/// <see cref="Open"/> returned is over.
/// </summary>
internal sealed class CircuitBreaker
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestAsked = TimeSpan.FromMinutes(10);

    private int openings;
    private bool paused;
    private bool probing;

    /// <summary>Why no call is made; empty while calls are made.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Whether calls are made.</summary>
    public bool IsClosed => Reason.Length == 0;

    /// <summary>Whether the probe may begin.</summary>
    public bool WantsProbe => !IsClosed && !paused && !probing;

    /// <summary>Opens the circuit for as long as the server asked, else for longer each time.</summary>
    /// <returns>The length of the pause.</returns>
    public TimeSpan Open(string reason, TimeSpan? retryAfter)
    {
        Reason = reason;
        (paused, probing) = (true, false);
        var full = Math.Min(LongestPause.TotalSeconds, FirstPause.TotalSeconds * Math.Pow(2, Math.Min(openings++, 16)));
        return retryAfter is { } asked
            ? TimeSpan.FromTicks(Math.Clamp(asked.Ticks, FirstPause.Ticks, LongestAsked.Ticks))
            : TimeSpan.FromSeconds(full * (0.8 + (0.2 * Random.Shared.NextDouble())));
    }

    /// <summary>The pause is over: a probe may begin.</summary>
    public void PauseOver() => paused = false;

    /// <summary>The probe begins.</summary>
    public void BeginProbe() => probing = true;

    /// <summary>The probe ended without saying whether the server answers; another may begin.</summary>
    public void AbandonProbe() => probing = false;

    /// <summary>The server answers.</summary>
    public void Close()
    {
        Reason = "";
        (paused, probing, openings) = (false, false, 0);
    }
}
