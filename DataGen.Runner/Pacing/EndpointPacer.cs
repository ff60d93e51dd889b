namespace DataGen.Runner.Pacing;

/// <summary>
/// Decides when a call may be made to the inference server, for all runs of this Runner together. It allows as many at
/// a time as the server bears (<see cref="AdaptiveLimit"/>) and none while the server is down
/// (<see cref="CircuitBreaker"/>). The next call goes to the waiting user with the fewest calls in flight, and within
/// that user to the task with the fewest, so that a small task beside a huge one soon has half of the slots, however
/// many runs the huge task is cut into. When calls hang, a user without a call in flight gets one beyond the limit, so
/// that nobody's calls block another user for good.
/// </summary>
internal sealed partial class EndpointPacer : IDisposable
{
    /// <summary>Refused or broken calls in a row, without an answer between them, that mean that no call gets through;
    /// more where the limit is higher.</summary>
    private const int LeastInARow = 3;

    /// <summary>The share of the limit that may be granted beyond it is one part in this many, at least one
    /// call.</summary>
    private const int ReserveShare = 8;

    /// <summary>How long a user waits for a first call before one is granted beyond the limit.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How often the pacer looks for users who wait for a first call, while there are some.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly List<RunShare> shares = [];
    private readonly Dictionary<string, TaskShare> tasks = [];
    private readonly Dictionary<string, UserShare> users = [];
    private readonly CircuitBreaker circuit = new();
    private readonly AdaptiveLimit limit;
    private readonly int ceiling;
    private readonly TimeProvider clock;
    private readonly ITimer pause;
    private readonly ITimer patience;
    private readonly ILogger<EndpointPacer> logger;

    private int inFlight;
    private bool isLooking;
    private int failedInARow;
    private long tickets;
    private long grants;
    private long lastAnswer;

    public EndpointPacer(int ceiling, TimeProvider clock, ILogger<EndpointPacer> logger)
    {
        this.ceiling = ceiling;
        this.clock = clock;
        this.logger = logger;
        limit = new AdaptiveLimit(ceiling);
        lastAnswer = clock.GetTimestamp() - 1;
        pause = clock.CreateTimer(_ => PauseOver(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        patience = clock.CreateTimer(_ => LookForStarved(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The most calls in flight, including those beyond the limit.</summary>
    public static int MostWithReserve(int limit) => limit + Math.Max(1, limit / ReserveShare);

    /// <summary>Calls in flight, over all runs.</summary>
    public int InFlight
    {
        get
        {
            lock (gate)
            {
                return inFlight;
            }
        }
    }

    /// <summary>How many calls may be in flight now.</summary>
    public int Limit
    {
        get
        {
            lock (gate)
            {
                return limit.Value;
            }
        }
    }

    /// <summary>Why no call is made; empty while calls are made.</summary>
    public string WaitingReason
    {
        get
        {
            lock (gate)
            {
                return circuit.Reason;
            }
        }
    }

    /// <summary>Lets a run take part.</summary>
    /// <param name="user">The task's owner.</param>
    /// <param name="taskId">The task that the run belongs to: all runs of a task share the task's part.</param>
    /// <param name="bound">The most calls in flight of all runs of the task together, as its newest run says; null: no
    /// bound of its own.</param>
    /// <param name="waiting">Called with the reason why no call is made, and with an empty reason when calls go on. It
    /// must be quick and must not call back.</param>
    public RunShare Join(string user, string taskId, int? bound, Action<string> waiting)
    {
        RunShare share;
        lock (gate)
        {
            if (!tasks.TryGetValue(taskId, out var task))
            {
                if (!users.TryGetValue(user, out var owner))
                {
                    users.Add(user, owner = new UserShare(user));
                }

                tasks.Add(taskId, task = new TaskShare(taskId, owner));
            }

            task.Runs++;
            task.User.Runs++;
            task.Bound = bound ?? int.MaxValue;
            shares.Add(share = new RunShare(this, task, waiting));
            GrantWaiting();
            if (!circuit.IsClosed)
            {
                share.Tell(circuit.Reason);
            }
        }

        return share;
    }

    public void Dispose()
    {
        pause.Dispose();
        patience.Dispose();
    }

    internal void Leave(RunShare share)
    {
        lock (gate)
        {
            if (!shares.Remove(share))
            {
                return;
            }

            if (--share.Task.Runs == 0)
            {
                tasks.Remove(share.Task.Id);
            }

            if (--share.Task.User.Runs == 0)
            {
                users.Remove(share.Task.User.Name);
            }
        }
    }

    internal ValueTask<CallSlot> AcquireAsync(RunShare share, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LinkedListNode<Waiter> waiter;
        lock (gate)
        {
            // Waiters that may call already have their slots, so none of them is owed a free slot.
            if (MayCall && share.Task.HasRoom)
            {
                return new ValueTask<CallSlot>(Grant(share));
            }

            waiter = share.Waiters.AddLast(new Waiter(++tickets, clock.GetTimestamp()));
            if (share.Task.User.InFlight == 0 && !isLooking)
            {
                isLooking = true;
                patience.Change(Look, Timeout.InfiniteTimeSpan);
            }
        }

        return new ValueTask<CallSlot>(WaitAsync(share, waiter, cancellationToken));
    }

    internal void Release(RunShare share, CallSlot slot, CallOutcome outcome, string reason, TimeSpan? retryAfter)
    {
        lock (gate)
        {
            switch (outcome)
            {
                case CallOutcome.Good:
                    limit.Grow(inFlight);
                    Answered();
                    break;
                case CallOutcome.Answered:
                    Answered();
                    break;
                case CallOutcome.Overloaded:
                    limit.Shrink(slot.Burst);
                    OpenIf(++failedInARow >= Math.Max(LeastInARow, limit.Value), slot, reason, retryAfter);
                    break;
                case CallOutcome.Broken:
                    OpenIf(++failedInARow >= Math.Max(LeastInARow, limit.Value), slot, reason, retryAfter);
                    break;
                case CallOutcome.TimedOut:
                    limit.Shrink(slot.Burst);
                    OpenIf(slot.Began > lastAnswer, slot, reason, retryAfter);
                    break;
                case CallOutcome.Unreachable:
                    OpenIf(slot.Began > lastAnswer, slot, reason, retryAfter);
                    break;
                case CallOutcome.Abandoned when slot.Probe:
                    circuit.AbandonProbe();
                    break;
            }

            inFlight--;
            share.InFlight--;
            share.Task.InFlight--;
            share.Task.User.InFlight--;
            GrantWaiting();

            // The user who waits while others hold the slots goes on with the call beyond the limit.
            if (share.Task.User.InFlight == 0)
            {
                GrantStarved();
            }
        }
    }

    private bool MayCall => circuit.IsClosed ? inFlight < limit.Value : circuit.WantsProbe && inFlight < ceiling;

    private void Answered()
    {
        lastAnswer = clock.GetTimestamp();
        failedInARow = 0;
        if (!circuit.IsClosed)
        {
            circuit.Close();
            Log.Resumed(logger);
            pause.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Tell();
        }
    }

    /// <summary>While the circuit is open only its probe counts: other calls began before it opened and tell nothing
    /// new.</summary>
    private void OpenIf(bool nothingWorks, CallSlot slot, string reason, TimeSpan? retryAfter)
    {
        if (circuit.IsClosed ? nothingWorks : slot.Probe)
        {
            var wait = circuit.Open(reason, retryAfter);
            pause.Change(wait, Timeout.InfiniteTimeSpan);
            Log.Paused(logger, wait, reason);
            Tell();
        }
    }

    private void Tell()
    {
        foreach (var share in shares)
        {
            share.Tell(circuit.Reason);
        }
    }

    private void PauseOver()
    {
        lock (gate)
        {
            circuit.PauseOver();
            GrantWaiting();
        }
    }

    private void GrantWaiting()
    {
        while (MayCall && NextInTurn(starvedOnly: false) is { Waiters.First: { } waiter } share)
        {
            share.Waiters.Remove(waiter);
            waiter.Value.SetResult(Grant(share));
        }
    }

    private bool MayCallBeyond => circuit.IsClosed && inFlight < MostWithReserve(limit.Value);

    private bool IsStarved(RunShare share) =>
        share.Task.User.InFlight == 0 && clock.GetElapsedTime(share.Waiters.First!.Value.Since) >= Patience;

    private void LookForStarved()
    {
        lock (gate)
        {
            GrantStarved();
        }
    }

    private void GrantStarved()
    {
        while (MayCallBeyond && NextInTurn(starvedOnly: true) is { Waiters.First: { } waiter } share)
        {
            share.Waiters.Remove(waiter);
            waiter.Value.SetResult(Grant(share));
        }

        isLooking = shares.Any(share => share.Waiters.Count > 0 && share.Task.User.InFlight == 0);
        patience.Change(isLooking ? Look : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private RunShare? NextInTurn(bool starvedOnly)
    {
        RunShare? next = null;
        foreach (var share in shares)
        {
            if (
                share.Waiters.Count > 0
                && share.Task.HasRoom
                && (!starvedOnly || IsStarved(share))
                && (next is null || share.ComesBefore(next))
            )
            {
                next = share;
            }
        }

        return next;
    }

    private CallSlot Grant(RunShare share)
    {
        var probe = !circuit.IsClosed;
        if (probe)
        {
            circuit.BeginProbe();
        }

        inFlight++;
        share.InFlight++;
        share.Task.InFlight++;
        share.Task.User.InFlight++;
        share.Task.LastGrant = share.Task.User.LastGrant = ++grants;
        return new CallSlot(limit.Burst, clock.GetTimestamp(), probe);
    }

    private async Task<CallSlot> WaitAsync(
        RunShare share,
        LinkedListNode<Waiter> waiter,
        CancellationToken cancellationToken
    )
    {
        await using var cancelled = cancellationToken.UnsafeRegister(
            _ => Cancel(share, waiter, cancellationToken),
            null
        );
        return await waiter.Value.Task;
    }

    private void Cancel(RunShare share, LinkedListNode<Waiter> waiter, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (waiter.List is not null)
            {
                share.Waiters.Remove(waiter);
                waiter.Value.SetCanceled(cancellationToken);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "No inference call for {Pause}: {Reason}")]
        public static partial void Paused(ILogger logger, TimeSpan pause, string reason);

        [LoggerMessage(LogLevel.Information, "Inference calls go on")]
        public static partial void Resumed(ILogger logger);
    }
}
