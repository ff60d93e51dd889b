using DataGen.Runner.Pacing;
using Microsoft.Extensions.Time.Testing;

namespace DataGen.Tests.Runner;

public sealed class DelayQueueTests
{
    [Fact]
    public async Task What_is_delayed_comes_out_when_due_soonest_first_and_once()
    {
        var clock = new FakeTimeProvider();
        var signal = new AsyncAutoResetEvent();
        using var queue = new DelayQueue<string>(clock, signal);
        queue.Add("late", TimeSpan.FromSeconds(5));
        queue.Add("soon", TimeSpan.FromSeconds(1));

        Assert.False(queue.HasDue());
        Assert.False(queue.TryTake(out var nothing));
        Assert.Null(nothing);

        var due = signal.WaitAsync(TestContext.Current.CancellationToken).AsTask();
        Assert.False(due.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1.1));
        await due;
        Assert.True(queue.HasDue());
        Assert.True(queue.TryTake(out var first));
        Assert.False(queue.TryTake(out _));

        due = signal.WaitAsync(TestContext.Current.CancellationToken).AsTask();
        clock.Advance(TimeSpan.FromSeconds(4));
        await due;
        Assert.True(queue.TryTake(out var second));
        Assert.False(queue.TryTake(out _));

        Assert.Equal(("soon", "late", 0), (first, second, queue.Count));
    }
}
