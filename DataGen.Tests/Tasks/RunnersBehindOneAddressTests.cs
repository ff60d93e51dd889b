using System.Diagnostics;
using DataGen.Tests.Runner;
using DataGen.Tests.Support;

namespace DataGen.Tests.Tasks;

/// <summary>Two Runners behind one address: a proxy there chooses one per connection.</summary>
public sealed class RunnersBehindOneAddressTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_task_of_three_shards_keeps_both_busy(bool atRandom)
    {
        var gate = new TaskCompletionSource();
        await using var inference = await FakeInferenceServer.StartAsync(async call =>
        {
            await gate.Task.WaitAsync(call.Aborted);
            await call.RecordAsync();
        });
        await using var first = await StartRunnerAsync(inference);
        await using var second = await StartRunnerAsync(inference);
        string[] runners = [first.GrpcUrl, second.GrpcUrl];
        await using var proxy = atRandom ? TcpProxy.AtRandom(runners) : TcpProxy.InTurn(runners);
        await using var tasks = await StartTasksAsync(proxy);

        var id = (await tasks.CreateAsync(6000)).Task.Id;

        await Eventually.TrueAsync(() => inference.InFlight == 64, "64 calls in flight");
        gate.SetResult();
        var ended = await tasks.EndAsync(id, Cancelled);
        Assert.Equal((6000, 0), (ended.Task.Completed, ended.Task.Failures));
        Assert.InRange(proxy.Connections, 2, 3 * 6);
    }

    [Fact]
    public async Task A_lone_Runner_is_not_asked_again_and_again_for_others()
    {
        var gate = new TaskCompletionSource();
        await using var inference = await FakeInferenceServer.StartAsync(async call =>
        {
            await (call.Number <= 5 ? gate.Task.WaitAsync(call.Aborted) : Task.CompletedTask);
            await call.RecordAsync();
        });
        await using var runner = await StartRunnerAsync(inference);
        await using var proxy = TcpProxy.InTurn(runner.GrpcUrl);
        await using var tasks = await StartTasksAsync(proxy);
        var first = (await tasks.CreateAsync(5)).Task.Id;
        await Eventually.TrueAsync(() => inference.InFlight == 5, "the Runner is busy");

        var watch = Stopwatch.StartNew();
        for (var made = 0; made < 20; made++)
        {
            var id = (await tasks.CreateAsync(5)).Task.Id;
            Assert.Equal(5, (await tasks.EndAsync(id, Cancelled)).Task.Completed);
        }

        gate.SetResult();
        Assert.Equal(5, (await tasks.EndAsync(first, Cancelled)).Task.Completed);
        // One a lease, and five more every five seconds; each lease by itself would try six.
        Assert.InRange(proxy.Connections, 21, 26 + (5 * ((int)watch.Elapsed.TotalSeconds / 5)));
    }

    private static Task<RunnerHost> StartRunnerAsync(FakeInferenceServer inference) =>
        RunnerHost.StartAsync(
            inference,
            ("DATAGEN_MAX_CONCURRENCY", "32"),
            ("DATAGEN_SESSION_SECRET", TasksHost.Secret)
        );

    private static Task<TasksHost> StartTasksAsync(TcpProxy proxy) =>
        TasksHost.StartAsync(
            new MemoryStore(),
            new Uri(proxy.Address),
            Cancelled,
            ("DATAGEN_RECORDS_PER_SHARD", "2000"),
            ("DATAGEN_MAX_RECORDS_PER_JOB", "20000")
        );
}
