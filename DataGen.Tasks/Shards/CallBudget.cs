using System.Threading.Channels;
using DataGen.Contracts;
using DataGen.Tasks.Budgets;
using DataGen.Tasks.Failures;
using DataGen.Tasks.Model;

namespace DataGen.Tasks.Shards;

/// <summary>
/// The calls that a shard may make, for a task with a bound of calls. It asks for more before they are used up, but
/// only as many as keep the Runner busy until the next grant, because the calls that a process holds when it dies count
/// as made.
/// </summary>
internal sealed class CallBudget(ShardTracker tracker, IGrainFactory grains, TimeProvider clock)
{
    private const long Reserve = 32;
    private const long PerCall = 2;
    private const double Seconds = 0.25;

    // Other shards hold calls that they may give back.
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(0.25);

    private readonly Lock gate = new();
    private readonly Channel<bool> changed = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
    private readonly IBudgetGrain grain = grains.GetGrain<IBudgetGrain>(tracker.Definition.Id);
    private long held;
    private Spent made;
    private bool isReturned;

    /// <summary>Whether there are no more calls.</summary>
    public bool IsOut { get; private set; }

    /// <summary>The first calls of a lease. Calls that an earlier lease or process was allowed and did not report count
    /// as made. With none left <see cref="IsOut"/> is set.</summary>
    public async Task<long> OpenAsync(CancellationToken cancellationToken)
    {
        await AnsweredAsync(
            () => grain.ReturnAsync(tracker.Definition, tracker.Id.Number, made: null),
            cancellationToken
        );
        (held, made, isReturned) = (0, default, false);
        while (await AskAsync(cancellationToken) == 0 && !IsOut)
        {
            await Task.Delay(AskAgain, clock, cancellationToken);
        }

        return held;
    }

    /// <summary>Asks for more calls for a lease until there are none left, or the lease ends.</summary>
    public async Task KeepAsync(Lease lease, CancellationToken cancellationToken)
    {
        while (true)
        {
            await changed.Reader.ReadAsync(cancellationToken);
            while (Wanted() > 0)
            {
                if (await AskAsync(cancellationToken) is > 0 and var calls)
                {
                    lease.Send(new RunRequest { Calls = calls });
                }
                else if (Locked(() => held) == 0 && IsOut)
                {
                    lease.Complete();
                    return;
                }
                else
                {
                    await Task.Delay(AskAgain, clock, cancellationToken);
                }
            }
        }
    }

    /// <summary>The Runner has reported calls that were made.</summary>
    /// <param name="calls">The cost of the calls that were made since the last report.</param>
    public void Said(in Spent calls)
    {
        lock (gate)
        {
            held -= calls.Calls;
            made += calls;
        }

        changed.Writer.TryWrite(true);
    }

    /// <summary>The lease has ended with no call in flight: the calls that are left go back.</summary>
    public async Task ReturnAsync(CancellationToken cancellationToken)
    {
        await AnsweredAsync(() => grain.ReturnAsync(tracker.Definition, tracker.Id.Number, made), cancellationToken);
        isReturned = true;
    }

    /// <summary>The shard makes no more calls. Its calls, also those that an earlier process left, are released,
    /// because other shards wait for them.</summary>
    public Task CloseAsync(CancellationToken cancellationToken) =>
        isReturned
            ? Task.CompletedTask
            : AnsweredAsync(
                () => grain.ReturnAsync(tracker.Definition, tracker.Id.Number, made: null),
                cancellationToken
            );

    private long Wanted()
    {
        var (calls, perSecond) = tracker.Pace;
        var reserve = Reserve + (PerCall * calls) + (long)(perSecond * Seconds);
        return Locked(() => held > reserve / 2 ? 0 : reserve - held);
    }

    private async Task<long> AskAsync(CancellationToken cancellationToken)
    {
        var (said, holds) = Locked(() => (made, held));
        var wanted = Math.Max(1, Wanted());
        var allowance = default(Allowance);
        await AnsweredAsync(
            async () => allowance = await grain.AllowAsync(tracker.Definition, tracker.Id.Number, said, holds, wanted),
            cancellationToken
        );
        lock (gate)
        {
            made -= said;
            held += allowance.Calls;
        }

        IsOut = allowance.IsOver;
        return allowance.Calls;
    }

    private async Task AnsweredAsync(Func<Task> ask, CancellationToken cancellationToken)
    {
        var failed = false;
        await new TransientRetry(clock).RunAsync(
            token => ask().WaitAsync(token),
            exception =>
            {
                failed = true;
                tracker.StoreFails(exception.Message);
            },
            cancellationToken
        );
        if (failed)
        {
            tracker.StoreRecovered();
        }
    }

    private T Locked<T>(Func<T> read)
    {
        lock (gate)
        {
            return read();
        }
    }
}
