namespace DataGen.Tasks.Failures;

/// <summary>Growing, jittered pauses between tries of the same thing: 0.2 s at first, 5 s at most.</summary>
internal sealed class Backoff(TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private TimeSpan next = TimeSpan.FromSeconds(0.2);

    /// <summary>Waits; a little longer each time.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var pause = next * (0.5 + Random.Shared.NextDouble());
        next = next * 2 < Longest ? next * 2 : Longest;
        await Task.Delay(pause, clock, cancellationToken);
    }

    /// <summary>Begins anew: something went well.</summary>
    public void Reset() => next = TimeSpan.FromSeconds(0.2);
}
