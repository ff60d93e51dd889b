namespace DataGen.Runner.Pacing;

/// <summary>A run's share of the endpoint. Dispose it when the run's last call has been released.</summary>
internal sealed class RunShare(EndpointPacer pacer, TaskShare task, Action<string> waiting) : IDisposable
{
    /// <summary>The part of the task that the run belongs to.</summary>
    public TaskShare Task => task;

    /// <summary>Calls of this run in flight.</summary>
    public int InFlight { get; set; }

    /// <summary>Its calls that wait for a slot, the oldest first.</summary>
    public LinkedList<Waiter> Waiters { get; } = [];

    /// <summary>
    /// Whether a slot is due here rather than there: first the user with fewer calls in flight, of equals the one who
    /// has waited longer since the last call; among a user's tasks, and within a task between its runs, the same order
    /// holds. Both must be waiting.
    /// </summary>
    public bool ComesBefore(RunShare other) => Place.CompareTo(other.Place) < 0;

    private (int, long, int, long, int, long) Place =>
        (task.User.InFlight, task.User.LastGrant, task.InFlight, task.LastGrant, InFlight, Waiters.First!.Value.Ticket);

    /// <summary>Tells the run why no call is made, or with an empty reason that calls go on.</summary>
    public void Tell(string reason) => waiting(reason);

    /// <summary>Waits for permission to make a call.</summary>
    public ValueTask<CallSlot> AcquireAsync(CancellationToken cancellationToken) =>
        pacer.AcquireAsync(this, cancellationToken);

    /// <summary>The call is over.</summary>
    /// <param name="slot">Its permission.</param>
    /// <param name="outcome">What it says about the server.</param>
    /// <param name="reason">A sentence for people, should this pause the calls.</param>
    /// <param name="retryAfter">How long the server asked to be left alone.</param>
    public void Release(CallSlot slot, CallOutcome outcome, string reason, TimeSpan? retryAfter) =>
        pacer.Release(this, slot, outcome, reason, retryAfter);

    public void Dispose() => pacer.Leave(this);
}
