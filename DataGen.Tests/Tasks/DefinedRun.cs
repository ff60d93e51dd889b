using DataGen.Contracts;
using DataGen.Tests.Runner;

namespace DataGen.Tests.Tasks;

/// <summary>Tasks with the real Runner and a fake inference server that counts every call: how a task with a definition
/// goes, seen from outside.</summary>
internal sealed class DefinedRun : IAsyncDisposable
{
    /// <summary>The inference server's API key.</summary>
    public const string Key = "sk-of-the-fake-server-0123456789";

    private readonly RunnerHost runner;

    private DefinedRun(FakeInferenceServer inference, RunnerHost runner) =>
        (Inference, this.runner) = (inference, runner);

    public FakeInferenceServer Inference { get; }

    public MemoryStore Store { get; private set; } = new();

    public TasksHost Tasks { get; private set; } = null!;

    public static async Task<DefinedRun> StartAsync(
        Func<FakeCall, Task> answer,
        params (string Name, string Value)[] settings
    )
    {
        var inference = await FakeInferenceServer.StartAsync(answer);
        var runner = await RunnerHost.StartAsync(
            inference,
            [
                ("DATAGEN_SESSION_SECRET", TasksHost.Secret),
                ("DATAGEN_MAX_CONCURRENCY", "64"),
                ("DATAGEN_INFERENCE_API_KEY", Key),
            ]
        );
        var run = new DefinedRun(inference, runner);
        await run.StartTasksAsync(settings);
        return run;
    }

    /// <summary>The process dies; the next begins with what was stored.</summary>
    /// <param name="lost">The last writes that the store has lost, though it had confirmed them.</param>
    public async Task DieAsync(int lost = 0)
    {
        // From here on nothing is stored any more.
        Store.Away = () => "The process is dead.";
        var log = Store.Log;
        await Tasks.DisposeAsync();
        Store = MemoryStore.After(log, log.Count - lost);
        await StartTasksAsync([]);
    }

    public async Task<string> CreateAsync(int count, string sampling, int? concurrency = null)
    {
        var spec = new GenerationSpec
        {
            Prompt = "A customer: email, name",
            Count = count,
            Sampling = sampling,
        };
        if (concurrency is { } calls)
        {
            spec.Concurrency = calls;
        }

        return (await Tasks.Client.CreateAsync(new CreateTaskRequest { Spec = spec }, Tasks.As("ada"))).Task.Id;
    }

    public async Task<GenerationTask> EndAsync(string id) =>
        (await Tasks.EndAsync(id, TestContext.Current.CancellationToken)).Task;

    /// <summary>The good records of a task.</summary>
    public async Task<IReadOnlyList<string>> GoodAsync(string id) =>
        [
            .. (await Tasks.RecordsAsync(id))
                .Where(record => record.HasData)
                .Select(record => record.Data.ToStringUtf8()),
        ];

    public async ValueTask DisposeAsync()
    {
        await Tasks.DisposeAsync();
        await runner.DisposeAsync();
        await Inference.DisposeAsync();
    }

    private async Task StartTasksAsync((string Name, string Value)[] settings) =>
        Tasks = await TasksHost.StartAsync(
            Store,
            new Uri(runner.GrpcUrl),
            TestContext.Current.CancellationToken,
            [("DATAGEN_MAX_RECORDS_PER_JOB", "100000"), ("DATAGEN_RECORDS_PER_SHARD", "2000"), .. settings]
        );
}
