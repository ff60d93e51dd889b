using System.Text.Json;
using DataGen.Contracts;
using DataGen.Tests.Mock;
using DataGen.Tests.Runner;

namespace DataGen.Tests.Tasks;

/// <summary>
/// Tasks with definitions as the version of 27 November 2026 stored them, a model making invalid records and repeating
/// some: they are read, and this version goes on with them. The process was killed while one of them ran.
/// </summary>
public sealed class EarlierDefinitionsTests : IAsyncLifetime
{
    private const string Owner = "admin";
    private readonly MemoryStore store = new();
    private IReadOnlyDictionary<string, string> ids = null!;
    private RunningMock mock = null!;
    private RunnerHost runner = null!;
    private TasksHost host = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        ids = await EarlierStore.LoadAsync("EarlierDefinitions", store, Cancelled);
        mock = await RunningMock.StartAsync(("MOCK_INFERENCE_LATENCY_MS", "0"), ("MOCK_INFERENCE_JITTER_MS", "0"));
        runner = await RunnerHost.StartAsync(
            mock.Http.BaseAddress!.ToString(),
            _ => { },
            ("DATAGEN_SESSION_SECRET", TasksHost.Secret)
        );
        host = await TasksHost.StartAsync(
            store,
            new Uri(runner.GrpcUrl),
            Cancelled,
            ("DATAGEN_RECORDS_PER_SHARD", "2000"),
            ("DATAGEN_MAX_RECORDS_PER_JOB", "20000")
        );
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await runner.DisposeAsync();
        await mock.DisposeAsync();
    }

    [Fact]
    public async Task A_task_that_succeeded_is_shown_with_what_it_cost_and_can_be_extended()
    {
        var id = ids["defined"];
        var task = (await host.GetAsync(id, Owner)).Task;
        Assert.Equal((GenerationTaskStatus.Succeeded, 20, 26), (task.Status, task.Completed, task.Calls));
        Assert.Equal((3, 3), (task.Rejected.Invalid, task.Rejected.Duplicate));

        await host.Client.ExtendAsync(
            new ExtendTaskRequest { Id = id, Count = 10 },
            host.As(Owner),
            cancellationToken: Cancelled
        );
        await AssertCompleteAsync(id, 30);
    }

    [Fact]
    public async Task A_task_that_its_budget_stopped_goes_on_with_a_higher_one()
    {
        var id = ids["stopped by its budget"];
        var task = (await host.GetAsync(id, Owner)).Task;
        Assert.Equal((GenerationTaskStatus.Cancelled, "budget", 9), (task.Status, task.StoppedBy, task.Calls));

        await host.Client.SetBudgetAsync(
            new SetBudgetRequest { Id = id, Calls = 200 },
            host.As(Owner),
            cancellationToken: Cancelled
        );
        await host.Client.RetryAsync(new RetryTaskRequest { Id = id }, host.As(Owner), cancellationToken: Cancelled);
        await AssertCompleteAsync(id, 20);
    }

    [Fact]
    public Task A_task_that_was_extended_has_both_blocks() => AssertCompleteAsync(ids["extended"], 15);

    [Fact]
    public Task A_task_that_ran_goes_on_and_differs_from_what_it_has() =>
        AssertCompleteAsync(ids["defined, running"], 40);

    private async Task AssertCompleteAsync(string id, int count)
    {
        var ended = (await host.EndAsync(id, Cancelled, Owner)).Task;
        Assert.Equal((GenerationTaskStatus.Succeeded, count, 0), (ended.Status, ended.Completed, ended.Failures));
        var records = (await host.RecordsAsync(id, Owner))
            .Select(record => JsonElement.Parse(record.Data.Span))
            .ToArray();
        Assert.Equal(
            count,
            records.Select(record => record.GetProperty("email").GetString()!.ToUpperInvariant()).Distinct().Count()
        );
        Assert.All(records, record => Assert.InRange(record.GetProperty("age").GetInt32(), 18, 90));
    }
}
