using DataGen.Ratio1.CStore;
using DataGen.Ratio1.R1fs;
using DataGen.Tasks.Failures;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.Serialization;

namespace DataGen.Tests.Tasks;

/// <summary>What passes is repeated for as long as it takes, everything else ends at once.</summary>
public sealed class TransientRetryTests
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider clock = new();

    [Fact]
    public async Task It_goes_on_for_thousands_of_times_and_never_rests_longer_than_five_seconds()
    {
        const int failures = 2000;
        var (attempts, told) = (0, 0);
        var running = new TransientRetry(clock).RunAsync(
            _ => ++attempts <= failures ? throw new CStoreException("away", isTransient: true) : Task.CompletedTask,
            _ => told++,
            TestContext.Current.CancellationToken
        );
        for (var pauses = 0; !running.IsCompleted; pauses++)
        {
            Assert.True(pauses <= failures, $"Only {attempts} attempts after {pauses} pauses.");
            clock.Advance(LongestPause);
        }

        await running;
        Assert.Equal((failures + 1, failures), (attempts, told));
    }

    [Fact]
    public async Task The_first_pause_is_short()
    {
        var attempts = 0;
        var running = new TransientRetry(clock).RunAsync(
            _ => ++attempts == 1 ? throw new TimeoutException() : Task.CompletedTask,
            _ => { },
            TestContext.Current.CancellationToken
        );
        Assert.Equal(1, attempts);
        clock.Advance(TimeSpan.FromSeconds(1));
        await running;
    }

    [Fact]
    public async Task A_permanent_failure_is_thrown_as_it_is_and_nobody_is_told_to_wait()
    {
        var refusal = new R1fsException("too large", isTransient: false);
        var thrown = await Assert.ThrowsAsync<R1fsException>(() =>
            new TransientRetry(clock).RunAsync(
                _ => throw refusal,
                _ => Assert.Fail("Told."),
                TestContext.Current.CancellationToken
            )
        );
        Assert.Same(refusal, thrown);
    }

    [Fact]
    public async Task Given_up_it_is_cancelled_in_a_pause_and_in_an_attempt()
    {
        using var pausing = new CancellationTokenSource();
        var running = new TransientRetry(clock).RunAsync(_ => throw new TimeoutException(), _ => { }, pausing.Token);
        await pausing.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        using var trying = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new TransientRetry(clock).RunAsync(
                _ =>
                {
                    trying.Cancel();
                    throw new RpcException(new Status(StatusCode.Cancelled, ""));
                },
                _ => Assert.Fail("Told."),
                trying.Token
            )
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whether_a_failure_of_the_store_is_transient_travels_between_processes(bool isTransient)
    {
        using var services = new ServiceCollection()
            .AddSerializer(serializer => serializer.AddAssembly(typeof(StoreUnavailableException).Assembly))
            .BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();
        var sent = serializer.SerializeToArray<Exception>(new StoreUnavailableException("It refused.", isTransient));
        var received = Assert.IsType<StoreUnavailableException>(serializer.Deserialize<Exception>(sent));
        Assert.Equal(("It refused.", isTransient), (received.Message, received.IsTransient));
    }

    [Theory]
    [InlineData(StatusCode.Unavailable, true)]
    [InlineData(StatusCode.DeadlineExceeded, true)]
    [InlineData(StatusCode.ResourceExhausted, true)]
    [InlineData(StatusCode.Aborted, true)]
    [InlineData(StatusCode.Internal, true)]
    [InlineData(StatusCode.Unauthenticated, true)]
    [InlineData(StatusCode.InvalidArgument, false)]
    [InlineData(StatusCode.FailedPrecondition, false)]
    public void What_a_status_of_the_Runner_means_is_decided_in_one_place(StatusCode status, bool isTransient) =>
        Assert.Equal(isTransient, new RpcException(new Status(status, "")).IsTransient());
}
