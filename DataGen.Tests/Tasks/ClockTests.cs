using DataGen.Contracts;
using DataGen.ServiceDefaults.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace DataGen.Tests.Tasks;

/// <summary>The machine's clock is set while tasks are made.</summary>
public sealed class ClockTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_clock_set_back_by_ten_minutes_keeps_no_task_from_being_made()
    {
        var wall = new SetClock();
        await using var runner = await FakeRunner.StartAsync(Cancelled);
        await using var host = await TasksHost.StartAsync(
            new MemoryStore(),
            runner.Address,
            wall,
            Cancelled,
            ("DATAGEN_TASKS_PER_MINUTE", "2")
        );
        await host.CreateAsync(1);
        await host.CreateAsync(1);

        wall.Ahead = TimeSpan.FromMinutes(-10);
        var limited = await Assert.ThrowsAsync<Grpc.Core.RpcException>(() => host.CreateAsync(1));
        Assert.Equal(Grpc.Core.StatusCode.ResourceExhausted, limited.StatusCode);
        var other = (await host.CreateAsync(3, owner: "bob")).Task.Id;

        Assert.Equal(GenerationTaskStatus.Succeeded, (await host.EndAsync(other, Cancelled, owner: "bob")).Task.Status);
    }

    [Fact]
    public void A_steady_clock_never_goes_back_and_meets_the_wall_clock_again()
    {
        var wall = new FakeTimeProvider(new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero));
        var clock = new SteadyClock(wall);
        var set = clock.GetUtcNow();

        wall.AdjustTime(wall.GetUtcNow() - TimeSpan.FromMinutes(10));
        Assert.Equal(set, clock.GetUtcNow());
        var last = set;
        for (var minute = 1; minute <= 20; minute++)
        {
            wall.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(set + TimeSpan.FromMinutes(minute / 2.0), last = clock.GetUtcNow());
        }

        Assert.Equal(wall.GetUtcNow(), last);
        wall.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(wall.GetUtcNow(), clock.GetUtcNow());
        wall.AdjustTime(wall.GetUtcNow() + TimeSpan.FromHours(1));
        Assert.Equal(wall.GetUtcNow(), clock.GetUtcNow());
    }

    /// <summary>The system's clock, with its time set.</summary>
    private sealed class SetClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }
}
