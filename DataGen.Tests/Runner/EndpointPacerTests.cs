using DataGen.Runner.Pacing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DataGen.Tests.Runner;

public sealed class EndpointPacerTests : IDisposable
{
    private readonly FakeTimeProvider clock = new();
    private readonly List<string> told = [];
    private readonly EndpointPacer pacer;
    private int joined;

    public EndpointPacerTests() => pacer = new EndpointPacer(10, clock, NullLogger<EndpointPacer>.Instance);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => pacer.Dispose();

    [Fact]
    public async Task No_more_calls_than_the_ceiling_are_in_flight()
    {
        var run = Join();

        var slots = await TakeAsync(run, 10);

        _ = run.AcquireAsync(Cancel).AsTask();
        Assert.Equal((10, 10, 10), (slots.Count, pacer.InFlight, pacer.Limit));
    }

    [Fact]
    public async Task A_freed_slot_goes_to_who_waits()
    {
        var run = Join();
        var slots = await TakeAsync(run, 10);
        var waiting = run.AcquireAsync(Cancel).AsTask();

        run.Release(slots[0], CallOutcome.Good, "", null);

        await waiting;
        Assert.Equal(10, pacer.InFlight);
    }

    [Fact]
    public async Task A_runs_own_bound_holds_and_leaves_the_rest_to_others()
    {
        var small = Join(2);
        await TakeAsync(small, 2);
        _ = small.AcquireAsync(Cancel).AsTask();

        await TakeAsync(Join(), 8);

        Assert.Equal(2, small.InFlight);
    }

    [Fact]
    public async Task A_small_run_beside_a_huge_one_soon_has_its_half()
    {
        var huge = Join();
        var hugeSlots = new Queue<CallSlot>((await TakeAsync(huge, 10)));
        var small = Join();
        var hugeWaits = huge.AcquireAsync(Cancel).AsTask();
        var smallWaits = small.AcquireAsync(Cancel).AsTask();

        for (var i = 0; i < 7; i++)
        {
            var smallHad = small.InFlight;
            huge.Release(hugeSlots.Dequeue(), CallOutcome.Good, "", null);
            if (small.InFlight > smallHad)
            {
                await smallWaits;
                smallWaits = small.AcquireAsync(Cancel).AsTask();
            }
            else
            {
                hugeSlots.Enqueue(await hugeWaits);
                hugeWaits = huge.AcquireAsync(Cancel).AsTask();
            }
        }

        Assert.Equal((5, 5), (small.InFlight, huge.InFlight));
    }

    [Theory]
    [InlineData(10, 5)]
    [InlineData(1, 0)]
    public async Task A_task_in_many_runs_has_one_tasks_part_and_shares_it_evenly_among_them(int limit, int half)
    {
        using var shared = new EndpointPacer(limit, clock, NullLogger<EndpointPacer>.Instance);
        var huge = Enumerable.Range(0, 5).Select(_ => shared.Join("ann", "huge", null, told.Add)).ToArray();
        var small = shared.Join("bob", "small", null, told.Add);
        var held = new Queue<(RunShare Run, CallSlot Slot)>();
        for (var i = 0; i < limit; i++)
        {
            held.Enqueue((huge[i % 5], await huge[i % 5].AcquireAsync(Cancel)));
        }

        var waiting = huge.Append(small).ToDictionary(run => run, run => run.AcquireAsync(Cancel).AsTask());
        var smallGrants = 0;
        for (var i = 0; i < 100; i++)
        {
            var (run, slot) = held.Dequeue();
            var before = waiting.Keys.ToDictionary(each => each, each => each.InFlight - (each == run ? 1 : 0));
            run.Release(slot, CallOutcome.Good, "", null);
            var granted = waiting.Keys.Single(each => each.InFlight > before[each]);
            held.Enqueue((granted, await waiting[granted]));
            waiting[granted] = granted.AcquireAsync(Cancel).AsTask();
            smallGrants += granted == small ? 1 : 0;
            if (i >= 20 && limit > 1)
            {
                Assert.Equal((half, limit - half), (small.InFlight, huge.Sum(each => each.InFlight)));
                Assert.InRange(huge.Max(each => each.InFlight) - huge.Min(each => each.InFlight), 0, 1);
            }
        }

        Assert.InRange(smallGrants, 45, 55);
    }

    [Fact]
    public async Task A_tasks_bound_counts_all_its_runs_together_and_follows_the_newest()
    {
        var first = Join(3, "t");
        var second = Join(3, "t");
        await TakeAsync(first, 2);
        var slots = await TakeAsync(second, 1);
        var waiting = first.AcquireAsync(Cancel).AsTask();
        Assert.Equal(3, pacer.InFlight);

        second.Release(slots[0], CallOutcome.Good, "", null);
        await waiting;
        Assert.Equal((3, 0), (first.InFlight, second.InFlight));

        var more = second.AcquireAsync(Cancel).AsTask();
        Assert.Equal(3, pacer.InFlight);
        var third = Join(4, "t");
        await more;
        Assert.Equal((4, 0), (pacer.InFlight, third.InFlight));
    }

    [Fact]
    public async Task A_user_with_many_tasks_has_one_users_part()
    {
        var many = Enumerable.Range(0, 5).Select(_ => Join(user: "ann")).ToArray();
        var held = new Queue<(RunShare Run, CallSlot Slot)>();
        foreach (var run in many)
        {
            held.Enqueue((run, (await TakeAsync(run, 1))[0]));
            held.Enqueue((run, (await TakeAsync(run, 1))[0]));
        }

        foreach (var run in many)
        {
            _ = run.AcquireAsync(Cancel).AsTask();
        }

        var other = Join(user: "bob");
        for (var i = 0; i < 10; i++)
        {
            _ = other.AcquireAsync(Cancel).AsTask();
        }

        for (var i = 0; i < 5; i++)
        {
            var (run, slot) = held.Dequeue();
            run.Release(slot, CallOutcome.Good, "", null);
        }

        Assert.Equal((5, 5), (other.InFlight, many.Sum(run => run.InFlight)));
    }

    [Fact]
    public async Task Calls_that_hang_keep_no_other_user_from_making_one()
    {
        var hanging = Join(user: "ann");
        await TakeAsync(hanging, 10);
        var more = Join(user: "ann").AcquireAsync(Cancel).AsTask();
        var bob = Join(user: "bob");
        var first = bob.AcquireAsync(Cancel).AsTask();
        var second = bob.AcquireAsync(Cancel).AsTask();
        clock.Advance(TimeSpan.FromSeconds(4));
        var cid = Join(user: "cid").AcquireAsync(Cancel).AsTask();
        Assert.Equal(10, pacer.InFlight);

        // Others who begin to wait do not put it off.
        for (var passed = 0; passed < 5; passed++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            _ = Join().AcquireAsync(Cancel).AsTask();
        }

        var slot = await first;
        clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal((11, 1, false, false), (pacer.InFlight, bob.InFlight, cid.IsCompleted, more.IsCompleted));

        bob.Release(slot, CallOutcome.Good, "", null);
        clock.Advance(TimeSpan.FromSeconds(1));
        await cid;
        clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal((11, false, false), (pacer.InFlight, second.IsCompleted, more.IsCompleted));
    }

    [Fact]
    public async Task Who_waits_for_calls_that_hang_goes_on_with_one_call_after_another()
    {
        var hanging = Join(user: "ann");
        await TakeAsync(hanging, 10);
        _ = Join(user: "ann").AcquireAsync(Cancel).AsTask();
        var bob = Join(user: "bob");
        var calls = Enumerable.Range(0, 8).Select(_ => bob.AcquireAsync(Cancel).AsTask()).ToArray();
        clock.Advance(TimeSpan.FromSeconds(6));

        foreach (var call in calls)
        {
            Assert.Equal(11, pacer.InFlight);
            bob.Release(await call.WaitAsync(TimeSpan.FromSeconds(30), Cancel), CallOutcome.Good, "", null);
        }

        Assert.Equal(10, pacer.InFlight);
    }

    [Fact]
    public async Task A_task_that_has_left_leaves_no_bound_behind()
    {
        var bounded = Join(1, "t");
        bounded.Release((await TakeAsync(bounded, 1))[0], CallOutcome.Good, "", null);
        bounded.Dispose();

        await TakeAsync(Join(null, "t"), 10);
    }

    [Fact]
    public async Task A_burst_of_refusals_lowers_the_limit_once_and_a_later_one_again()
    {
        var run = Join();
        var burst = await TakeAsync(run, 10);

        foreach (var slot in burst.Take(5))
        {
            run.Release(slot, CallOutcome.Overloaded, "429", null);
        }

        Assert.Equal(7, pacer.Limit);

        var later = await TakeAsync(run, 2);
        run.Release(later[0], CallOutcome.TimedOut, "late", null);
        run.Release(later[1], CallOutcome.Overloaded, "429", null);

        Assert.Equal(4, pacer.Limit);
    }

    [Fact]
    public async Task The_limit_never_falls_below_one_and_grows_back_to_the_ceiling()
    {
        var run = Join();
        for (var i = 0; i < 30; i++)
        {
            var slot = (await TakeAsync(run, 1))[0];
            run.Release(slot, CallOutcome.Overloaded, "429", null);
            run.Release(await ProbeAsync(run), CallOutcome.Answered, "", null);
        }

        Assert.Equal(1, pacer.Limit);

        var rounds = 0;
        for (; pacer.Limit < 10; rounds++)
        {
            foreach (var slot in (await TakeAsync(run, pacer.Limit)))
            {
                run.Release(slot, CallOutcome.Good, "", null);
            }

            Assert.True(rounds < 100, $"the limit is stuck at {pacer.Limit}");
        }

        Assert.InRange(rounds, 9, 60);
    }

    [Fact]
    public async Task Good_answers_raise_the_limit_only_while_it_is_what_holds_calls_back()
    {
        var run = Join();
        run.Release((await TakeAsync(run, 1))[0], CallOutcome.Overloaded, "429", null);
        Assert.Equal(7, pacer.Limit);

        for (var i = 0; i < 100; i++)
        {
            run.Release((await TakeAsync(run, 1))[0], CallOutcome.Good, "", null);
        }

        Assert.Equal(7, pacer.Limit);
    }

    [Fact]
    public async Task An_unreachable_server_is_asked_by_one_probe_until_it_answers()
    {
        var run = Join();
        var slot = (await TakeAsync(run, 1))[0];
        run.Release(slot, CallOutcome.Unreachable, "down", null);
        var first = run.AcquireAsync(Cancel).AsTask();
        var other = Join(); // joins while the circuit is open, and is told at once
        var second = other.AcquireAsync(Cancel).AsTask();

        Assert.Equal(0, pacer.InFlight);
        Assert.Equal(["down", "down"], told);

        clock.Advance(TimeSpan.FromSeconds(0.5));
        var probe = await second; // it has not called yet
        Assert.True(probe.Probe);
        Assert.Equal(1, pacer.InFlight);

        other.Release(probe, CallOutcome.Unreachable, "still down", null);
        clock.Advance(TimeSpan.FromSeconds(0.6));
        Assert.Equal(0, pacer.InFlight); // the second pause is longer than the first
        clock.Advance(TimeSpan.FromSeconds(0.4));
        run.Release(await first, CallOutcome.Good, "", null);

        Assert.Equal(["down", "down", "still down", "still down", "", ""], told);
        Assert.Equal(10, (await TakeAsync(run, 10)).Count);
    }

    [Fact]
    public async Task The_pause_never_exceeds_ten_seconds()
    {
        var run = Join();
        run.Release((await TakeAsync(run, 1))[0], CallOutcome.Unreachable, "down", null);
        for (var i = 0; i < 40; i++)
        {
            var probe = run.AcquireAsync(Cancel).AsTask();
            clock.Advance(TimeSpan.FromSeconds(10));
            run.Release(await probe, CallOutcome.Unreachable, "down", null);
        }
    }

    [Fact]
    public async Task A_probe_that_was_abandoned_is_followed_by_another()
    {
        var run = Join();
        run.Release((await TakeAsync(run, 1))[0], CallOutcome.Unreachable, "down", null);
        clock.Advance(TimeSpan.FromSeconds(0.5));
        var probe = await run.AcquireAsync(Cancel).AsTask();
        var other = Join();
        var waiting = other.AcquireAsync(Cancel).AsTask();
        Assert.Equal(1, pacer.InFlight);

        run.Release(probe, CallOutcome.Abandoned, "", null);

        Assert.True((await waiting).Probe);
    }

    [Fact]
    public async Task One_failed_connection_among_answers_pauses_nothing()
    {
        var run = Join();
        var slots = await TakeAsync(run, 2);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        run.Release(slots[0], CallOutcome.Good, "", null);

        run.Release(slots[1], CallOutcome.Unreachable, "down", null);

        Assert.Equal("", pacer.WaitingReason);
    }

    [Theory]
    [InlineData(CallOutcome.Overloaded)]
    [InlineData(CallOutcome.Broken)]
    public async Task One_refused_or_broken_call_pauses_nothing_but_nothing_else_does(object verdict)
    {
        var run = Join();
        var slots = await TakeAsync(run, 10);
        run.Release(slots[0], CallOutcome.Good, "", null);
        foreach (var slot in slots.Skip(1).Take(6))
        {
            run.Release(slot, (CallOutcome)verdict, "busy", null);
        }

        Assert.Equal("", pacer.WaitingReason);

        foreach (var slot in slots.Skip(7).Concat((await TakeAsync(run, 1))))
        {
            run.Release(slot, (CallOutcome)verdict, "busy", null);
        }

        Assert.Equal("busy", pacer.WaitingReason);
    }

    [Fact]
    public async Task Retry_after_sets_the_pause_when_everything_is_refused()
    {
        var run = Join();
        foreach (var slot in (await TakeAsync(run, 10)))
        {
            run.Release(slot, CallOutcome.Overloaded, "429", TimeSpan.FromSeconds(40));
        }

        var waiting = run.AcquireAsync(Cancel).AsTask();
        clock.Advance(TimeSpan.FromSeconds(39.9));
        Assert.Equal(0, pacer.InFlight);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True((await waiting).Probe);
    }

    [Fact]
    public async Task Who_stops_waiting_takes_no_slot()
    {
        var run = Join();
        var slots = await TakeAsync(run, 10);
        using var stop = new CancellationTokenSource();
        var waiting = run.AcquireAsync(stop.Token).AsTask();
        await stop.CancelAsync();

        run.Release(slots[0], CallOutcome.Good, "", null);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(9, pacer.InFlight);
    }

    /// <summary>A run of a task of its own, unless the task is named; of a user of its own, unless one is.</summary>
    private RunShare Join(int? bound = null, string? task = null, string? user = null)
    {
        var id = task ?? $"task-{++joined}";
        return pacer.Join(user ?? $"user-of-{id}", id, bound, told.Add);
    }

    private static async Task<List<CallSlot>> TakeAsync(RunShare run, int count)
    {
        var slots = new List<CallSlot>();
        for (var i = 0; i < count; i++)
        {
            var slot = run.AcquireAsync(Cancel).AsTask();
            Assert.True(slot.IsCompletedSuccessfully, $"slot {i} is not free");
            slots.Add(await slot);
        }

        return slots;
    }

    private async Task<CallSlot> ProbeAsync(RunShare run)
    {
        clock.Advance(TimeSpan.FromSeconds(20));
        return (await TakeAsync(run, 1))[0];
    }
}
