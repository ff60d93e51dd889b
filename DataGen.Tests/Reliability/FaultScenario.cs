using System.Globalization;
using DataGen.Tests.Support;

namespace DataGen.Tests.Reliability;

/// <summary>A line of the table in docs/reliability.md: tasks under a fault, from their creation to the check of the
/// invariants, and what the fault cost.</summary>
internal sealed class FaultScenario : IAsyncDisposable
{
    private readonly List<CreatedTask> tasks = [];
    private readonly List<ProgressPoller> pollers = [];
    private readonly CallAudit? audit;
    private bool judgesCalls = true;

    private FaultScenario(Deployment deployment)
    {
        Deployment = deployment;
        audit = deployment.CallRecorder is null ? null : new CallAudit(deployment, tasks);
    }

    public Deployment Deployment { get; }

    public MockNode Mock => Deployment.Mock;

    /// <summary>The tasks, in order of creation.</summary>
    public IReadOnlyList<CreatedTask> Tasks => tasks;

    /// <summary>What polls each task, in the same order.</summary>
    public IReadOnlyList<ProgressPoller> Pollers => pollers;

    /// <summary>Records that have ended, of all tasks.</summary>
    public int Completed => pollers.Sum(poller => poller.Completed);

    /// <summary>Whether any of its tasks is at work.</summary>
    public bool IsUnfinished => pollers.Any(poller => poller.IsUnfinished);

    /// <summary>The mock's counts when the scenario began.</summary>
    public InferenceCounts CallsBefore { get; private set; } = null!;

    /// <summary>What else the fault cost, for the printed line.</summary>
    public string Remark { get; set; } = "";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Runs a scenario, checks the invariants and prints what the fault cost. A failure ends the deployment,
    /// so that the next scenario starts from a clean one, and prints where its logs are.</summary>
    public static async Task RunAsync(DeploymentFixture fixture, string fault, Func<FaultScenario, Task> happen)
    {
        var deployment = await fixture.OpenAsync();
        await using var scenario = new FaultScenario(deployment);
        try
        {
            scenario.CallsBefore = await deployment.Mock.CallsAsync(Cancelled);
            await scenario.BeginAuditAsync();
            await happen(scenario);
            await scenario.EndAsync();
            scenario.audit?.End();
            await scenario.AssertInvariantsAsync(fault);
            await deployment.Mock.ClearFaultsAsync(Cancelled);
        }
        catch (Exception)
        {
            await fixture.DiscardAsync();
            throw;
        }
    }

    /// <summary>Creates a task and starts to poll it.</summary>
    public async Task<ProgressPoller> CreateAsync(
        int count,
        int? concurrency = null,
        ApiClient? user = null,
        long? mostCalls = null
    )
    {
        var task = await CreatedTask.CreateAsync(user ?? Deployment.Admin, count, concurrency, Cancelled, mostCalls);
        lock (tasks)
        {
            tasks.Add(task);
            pollers.Add(new ProgressPoller(task));
            return pollers[^1];
        }
    }

    /// <summary>Has something done to a task: <c>retry</c>, <c>cancel</c> or <c>budget</c>.</summary>
    public async Task<System.Text.Json.JsonElement> PostAsync(
        string command,
        CreatedTask? task = null,
        object? body = null
    ) =>
        await (task ?? tasks[0]).User.PostAsync(
            $"{(task ?? tasks[0]).Path}/{command}",
            body ?? new { },
            System.Net.HttpStatusCode.OK,
            Cancelled
        );

    /// <summary>Starts the audit of the calls here: before, a fault made records take several.</summary>
    public Task BeginAuditAsync() => audit?.BeginAsync(Cancelled) ?? Task.CompletedTask;

    /// <summary>The task runs again after its end, or is no longer what the scenario is about.</summary>
    public async Task StopWatchingAsync(CreatedTask task, bool again)
    {
        var at = tasks.IndexOf(task);
        await pollers[at].DisposeAsync();
        if (again)
        {
            pollers[at] = new ProgressPoller(task);
            return;
        }

        tasks.RemoveAt(at);
        pollers.RemoveAt(at);
        judgesCalls = false;
    }

    /// <summary>Waits until so many more records have ended.</summary>
    public async Task ProgressAsync(int records = 1)
    {
        var before = Completed;
        await Eventually.TrueAsync(
            () => Completed >= before + records || !IsUnfinished,
            $"{records} more records than {before}"
        );
        Assert.True(IsUnfinished, "The task has ended too early for what is to happen in it.");
    }

    /// <summary>kill -9 of services at once, in mid-task; the calls up to there are audited.</summary>
    public Task KillAsync(params IReadOnlyList<Service> victims) => StopAsync(victims, victim => victim.KillAsync());

    /// <summary>SIGTERM in mid-task; returns how long the service took to end.</summary>
    public async Task<TimeSpan> TerminateAsync(Service service)
    {
        var took = TimeSpan.Zero;
        if (Deployment.Runners.Contains(service))
        {
            // A Runner finishes its calls after SIGTERM: they cost nothing, and the audit treats them as if it had not
            // ended.
            took = await service.TerminateAsync(Cancelled);
        }
        else
        {
            await StopAsync([service], async _ => took = await service.TerminateAsync(Cancelled));
        }

        return took;
    }

    /// <summary>Ends services that are at work in the way given; the calls up to there are audited.</summary>
    public Task StopAsync(IReadOnlyList<Service> services, Func<Service, Task> end)
    {
        Assert.True(IsUnfinished, $"The task ended before {services[0].Name} did.");
        return services.All(service => service == Deployment.Gateway)
            ? Task.WhenAll(services.Select(end))
            : audit!.AroundAsync(services, end, Cancelled);
    }

    /// <summary>The fault is over: from now on the model answers at once.</summary>
    public Task SpeedUpModelAsync() => Mock.SetFaultsAsync("""{"inference":{"latencyMs":5}}""", Cancelled);

    /// <summary>Waits for the end of every task.</summary>
    public Task EndAsync() => Task.WhenAll(pollers.Select(poller => poller.EndAsync()));

    public async ValueTask DisposeAsync()
    {
        foreach (var poller in pollers)
        {
            await poller.DisposeAsync();
        }
    }

    private async Task AssertInvariantsAsync(string fault)
    {
        await Invariants.AssertAsync(Deployment, tasks, Cancelled);
        var calls = await Mock.CallsAsync(Cancelled) - CallsBefore;
        var records = tasks.Sum(task => task.Count);
        var inFlightAtKills = audit?.InFlightAtKills ?? 0;
        var beyond = judgesCalls
            ? $"calls beyond: {calls.Requested - records}, of them answered: {calls.Good - records}; in flight at kills: at most {inFlightAtKills}; "
            : "";
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{fault}: {records} records in {pollers.Max(poller => poller.Elapsed).TotalSeconds:0.0} s; {beyond}longest time without progress: {pollers.Max(poller => poller.LongestPause).TotalSeconds:0.0} s, progress back by at most {pollers.Max(poller => poller.LongestStepBack)}{Remark}"
            )
        );
        if (judgesCalls)
        {
            Assert.InRange(calls.Good, records, records + inFlightAtKills);
        }
    }
}
