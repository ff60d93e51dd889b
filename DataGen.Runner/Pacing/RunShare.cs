namespace DataGen.Runner.Pacing;

/// <summary>A run's share of the endpoint. Dispose it when the run's last call has been released.</summary>
internal sealed class RunShare(EndpointPacer pacer, TaskShare task, Action<string> waiting) : IDisposable
{
    /// <summary>The part of the task that the run belongs to.</summary>
    public TaskShare Task => task;

    /// <summary>Calls of this run in flight.</summary>
    public int InFlight { get; set; }

    /// <summary>The run's calls that wait for a slot, the oldest first.</summary>
    public LinkedList<Waiter> Waiters { get; } = [];

    /// <summary>
    /// Whether the next slot belongs to this run rather than to the other: first comes the user with fewer calls in
    /// flight, and between equals the one whose last call is longer ago. The same order holds between a user's tasks,
    /// and between a task's runs. Both runs must be waiting.
    /// </summary>
    public bool ComesBefore(RunShare other) => Place.CompareTo(other.Place) < 0;

    private (int, long, int, long, int, long) Place =>
        (task.User.InFlight, task.User.LastGrant, task.InFlight, task.LastGrant, InFlight, Waiters.First!.Value.Ticket);

    /// <summary>Tells the run why no call is made, or with an empty reason that calls go on.</summary>
    public void Tell(string reason) => waiting(reason);

    /// <summary>Waits for permission to make a call.</summary>
    public ValueTask<CallSlot> AcquireAsync(CancellationToken cancellationToken) =>
        pacer.AcquireAsync(this, cancellationToken);

    /// <summary>Releases a slot when its call is over.</summary>
    /// <param name="slot">The slot of the call.</param>
    /// <param name="outcome">What it says about the server.</param>
    /// <param name="reason">A sentence for people, in case this outcome pauses the calls.</param>
    /// <param name="retryAfter">How long the server asked callers to wait.</param>
    public void Release(CallSlot slot, CallOutcome outcome, string reason, TimeSpan? retryAfter) =>
        pacer.Release(this, slot, outcome, reason, retryAfter);

    public void Dispose() => pacer.Leave(this);
}
