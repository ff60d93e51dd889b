using System.Net;
using System.Net.NetworkInformation;
using DataGen.Contracts;
using DataGen.Tests.Ratio1.Support;
using Grpc.Core;

namespace DataGen.Tests.Tasks;

/// <summary>Two Tasks services over one store and one Redis are one: each answers the same, and the work is
/// shared.</summary>
public sealed class ClusterTests(RedisServer redis) : IClassFixture<RedisServer>, IAsyncLifetime
{
    private const int Count = 9_000;
    private readonly MemoryStore store = new();
    private readonly string cluster = $"test-{Guid.CreateVersion7():N}";
    private FakeRunner runner = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(RedisServer.Program is null, "redis-server is not installed.");
        runner = await FakeRunner.StartAsync(Cancelled);
    }

    public async ValueTask DisposeAsync() => await (runner?.DisposeAsync() ?? ValueTask.CompletedTask);

    [Fact]
    public async Task The_port_of_a_silo_is_open_at_the_address_the_others_use_and_nowhere_else()
    {
        await using var host = await StartAsync();

        var silo = host.Silo.SiloAddress.Endpoint;
        Assert.Equal(
            [silo],
            IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(at => at.Port == silo.Port)
        );
        Assert.Equal(IPAddress.Loopback, silo.Address);
        Assert.Null(host.SiloGateway);
    }

    [Fact]
    public async Task Both_answer_for_every_task_whichever_of_them_has_it()
    {
        runner.Make = index => index == 1 ? "!cut off" : $$"""{"id":{{index}}}""";
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        string[] ids =
        [
            .. await Task.WhenAll(
                Enumerable
                    .Range(0, 8)
                    .Select(async at => (await (at % 2 == 0 ? first : second).CreateAsync(20)).Task.Id)
            ),
        ];
        foreach (var id in ids)
        {
            await first.EndAsync(id, Cancelled);
            Assert.Equal(await first.GetAsync(id), await second.GetAsync(id));
            Assert.Equal(await first.RecordsAsync(id), await second.RecordsAsync(id));
            Assert.Equal(await ProgressAsync(first, id), await ProgressAsync(second, id));
        }

        await Eventually.TrueAsync(() => store.PeekAll("datagen:tasks:active").Count == 0);
        var filter = new ListTasksRequest { Statuses = { GenerationTaskStatus.Succeeded }, Text = "CUSTOMER" };
        Assert.Equal(
            await first.Client.ListAsync(filter, first.As("ada"), cancellationToken: Cancelled),
            await second.Client.ListAsync(filter, second.As("ada"), cancellationToken: Cancelled)
        );
        Assert.Equal(8, (await first.Client.ListAsync(filter, first.As("ada"), cancellationToken: Cancelled)).Total);
        Assert.Equal(await first.MetricsAsync(), await second.MetricsAsync());

        runner.Make = index => $$"""{"id":{{index}}}""";
        await second.Client.RetryAsync(
            new RetryTaskRequest { Id = ids[0] },
            second.As("ada"),
            cancellationToken: Cancelled
        );
        Assert.Equal(0, (await first.EndAsync(ids[0], Cancelled)).Task.Failures);
        await first.Client.DeleteAsync(
            new TaskReference { Id = ids[1] },
            first.As("ada"),
            cancellationToken: Cancelled
        );
        Assert.Equal(
            StatusCode.NotFound,
            (await Assert.ThrowsAsync<RpcException>(() => second.GetAsync(ids[1]))).StatusCode
        );
        Assert.Equal(
            StatusCode.NotFound,
            (
                await Assert.ThrowsAsync<RpcException>(() =>
                    second
                        .Client.CancelAsync(
                            new TaskReference { Id = ids[1] },
                            second.As("ada"),
                            cancellationToken: Cancelled
                        )
                        .ResponseAsync
                )
            ).StatusCode
        );
    }

    [Fact]
    public async Task When_one_is_stopped_the_other_goes_on_with_its_tasks_and_shards()
    {
        var gate = new TaskCompletionSource();
        runner.Before = (index, token) => index % 1800 < 600 ? Task.CompletedTask : gate.Task.WaitAsync(token);
        await using var first = await StartAsync();
        string[] ids;
        await using (var second = await StartAsync())
        {
            ids =
            [
                .. await Task.WhenAll(
                    new[] { Count, 700, 700, 700 }.Select(async count => (await second.CreateAsync(count)).Task.Id)
                ),
            ];
            await Eventually.GetAsync(() => second.GetAsync(ids[0]), detail => detail.Task.Completed == 3000);
        }

        gate.SetResult();
        foreach (var id in ids)
        {
            var ended = await first.EndAsync(id, Cancelled);
            Assert.Equal(
                (GenerationTaskStatus.Succeeded, ended.Task.Spec.Count, 0),
                (ended.Task.Status, ended.Task.Completed, ended.Task.Failures)
            );
            Assert.Equal(
                Enumerable.Range(0, ended.Task.Spec.Count),
                (await first.RecordsAsync(id)).Select(record => record.Index)
            );
        }

        await Eventually.TrueAsync(() => store.PeekAll("datagen:tasks:active").Count == 0);
        Assert.Equal(Count + 2100, (await first.MetricsAsync()).TotalRecordsGenerated);
    }

    private Task<TasksHost> StartAsync() =>
        TasksHost.StartAsync(
            store,
            runner.Address,
            Cancelled,
            ("ConnectionStrings:redis", redis.ConnectionString),
            ("DATAGEN_CLUSTER", cluster),
            ("DATAGEN_RECORDS_PER_SHARD", "2000"),
            ("DATAGEN_MAX_RECORDS_PER_JOB", "20000")
        );

    private static async Task<TaskProgress> ProgressAsync(TasksHost host, string id)
    {
        using var watch = host.Client.Watch(
            new TaskReference { Id = id },
            host.As("ada"),
            cancellationToken: Cancelled
        );
        return await watch.ResponseStream.ReadAllAsync(Cancelled).LastAsync(Cancelled);
    }
}
