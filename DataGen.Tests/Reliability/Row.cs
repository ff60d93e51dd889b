using System.Globalization;
using DataGen.Tests.Support;

namespace DataGen.Tests.Reliability;

/// <summary>A row of the table in docs/reliability.md: tasks under a fault, from their creation to the verdict, and
/// what the fault cost.</summary>
internal sealed class Row : IAsyncDisposable
{
    private readonly List<MadeTask> tasks = [];
    private readonly List<ProgressWatch> watches = [];
    private readonly CallLedger? ledger;
    private bool judgesCalls = true;

    private Row(Deployment deployment)
    {
        Deployment = deployment;
        ledger = deployment.Witness is null ? null : new CallLedger(deployment, tasks);
    }

    public Deployment Deployment { get; }

    public MockNode Mock => Deployment.Mock;

    /// <summary>The tasks, in order of creation.</summary>
    public IReadOnlyList<MadeTask> Tasks => tasks;

    /// <summary>Those who watch them, likewise.</summary>
    public IReadOnlyList<ProgressWatch> Watches => watches;

    /// <summary>Records that have ended, of all tasks.</summary>
    public int Completed => watches.Sum(watch => watch.Completed);

    /// <summary>Whether any of its tasks is at work.</summary>
    public bool IsUnfinished => watches.Any(watch => watch.IsUnfinished);

    /// <summary>The mock's counts when the row began.</summary>
    public InferenceCounts CallsBefore { get; private set; } = null!;

    /// <summary>What else the fault cost, for the printed line.</summary>
    public string Remark { get; set; } = "";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Lets a row happen, judges it, and prints what it cost; when it fails, says where what the processes
    /// have printed is, and leaves nothing of them to the next row.</summary>
    public static async Task RunAsync(DeploymentFixture fixture, string fault, Func<Row, Task> happen)
    {
        var deployment = await fixture.OpenAsync();
        await using var row = new Row(deployment);
        try
        {
            row.CallsBefore = await deployment.Mock.CallsAsync(Cancelled);
            await row.BeginLedgerAsync();
            await happen(row);
            await row.EndAsync();
            row.ledger?.End();
            await row.JudgeAsync(fault);
            await deployment.Mock.ClearFaultsAsync(Cancelled);
        }
        catch (Exception)
        {
            await fixture.DiscardAsync();
            throw;
        }
    }

    /// <summary>Creates a task and watches it.</summary>
    public async Task<ProgressWatch> CreateAsync(int count, int? concurrency = null, ApiClient? user = null)
    {
        var task = await MadeTask.CreateAsync(user ?? Deployment.Admin, count, concurrency, Cancelled);
        lock (tasks)
        {
            tasks.Add(task);
            watches.Add(new ProgressWatch(task));
            return watches[^1];
        }
    }

    /// <summary>Has something done to a task: <c>retry</c> or <c>cancel</c>.</summary>
    public async Task<System.Text.Json.JsonElement> PostAsync(string command, MadeTask? task = null) =>
        await (task ?? tasks[0]).User.PostAsync(
            $"{(task ?? tasks[0]).Path}/{command}",
            new { },
            System.Net.HttpStatusCode.OK,
            Cancelled
        );

    /// <summary>Does not judge the calls so far: a fault made records take several.</summary>
    public Task BeginLedgerAsync() => ledger?.BeginAsync(Cancelled) ?? Task.CompletedTask;

    /// <summary>The task goes on after its end, or is no longer what the row is about.</summary>
    public async Task LeaveAsync(MadeTask task, bool again)
    {
        var at = tasks.IndexOf(task);
        await watches[at].DisposeAsync();
        if (again)
        {
            watches[at] = new ProgressWatch(task);
            return;
        }

        tasks.RemoveAt(at);
        watches.RemoveAt(at);
        judgesCalls = false;
    }

    /// <summary>Waits until so many more records have ended.</summary>
    public async Task ProgressAsync(int records = 1)
    {
        var before = Completed;
        await Eventually.TrueAsync(
            () => Completed >= before + records || !IsUnfinished,
            $"{records} more records than {before}",
            seconds: 180
        );
        Assert.True(IsUnfinished, "The task has ended too early for what is to happen in it.");
    }

    /// <summary>kill -9 of services at once, in mid-task; the task's calls are judged up to there.</summary>
    public Task KillAsync(params IReadOnlyList<Service> victims) =>
        TakeAwayAsync(victims, victim => victim.KillAsync());

    /// <summary>SIGTERM, likewise; returns how long it took to end.</summary>
    public async Task<TimeSpan> TerminateAsync(Service service)
    {
        var took = TimeSpan.Zero;
        if (Deployment.Runners.Contains(service))
        {
            // It brings its calls to their end: they cost nothing, and are judged as if it had not ended.
            took = await service.TerminateAsync(Cancelled);
        }
        else
        {
            await TakeAwayAsync([service], async _ => took = await service.TerminateAsync(Cancelled));
        }

        return took;
    }

    /// <summary>Services that are at work end in the way given; the calls are judged up to there.</summary>
    public Task TakeAwayAsync(IReadOnlyList<Service> services, Func<Service, Task> end)
    {
        Assert.True(IsUnfinished, $"The task ended before {services[0].Name} did.");
        return services.All(service => service == Deployment.Gateway)
            ? Task.WhenAll(services.Select(end))
            : ledger!.AroundAsync(services, end, Cancelled);
    }

    /// <summary>From now on the model answers at once: what was to happen has happened.</summary>
    public Task HurryAsync() => Mock.SetFaultsAsync("""{"inference":{"latencyMs":5}}""", Cancelled);

    /// <summary>Waits for the end of every task.</summary>
    public Task EndAsync(int seconds = 90) => Task.WhenAll(watches.Select(watch => watch.EndAsync(seconds)));

    public async ValueTask DisposeAsync()
    {
        foreach (var watch in watches)
        {
            await watch.DisposeAsync();
        }
    }

    private async Task JudgeAsync(string fault)
    {
        await Verdict.AssertAsync(Deployment, tasks, Cancelled);
        var calls = await Mock.CallsAsync(Cancelled) - CallsBefore;
        var records = tasks.Sum(task => task.Count);
        var inFlightAtKills = ledger?.InFlightAtKills ?? 0;
        var beyond = judgesCalls
            ? $"calls beyond: {calls.Requested - records}, of them answered: {calls.Good - records}; in flight at kills: at most {inFlightAtKills}; "
            : "";
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{fault}: {records} records in {watches.Max(watch => watch.Elapsed).TotalSeconds:0.0} s; {beyond}longest time without progress: {watches.Max(watch => watch.LongestPause).TotalSeconds:0.0} s, progress back by at most {watches.Max(watch => watch.LongestStepBack)}{Remark}"
            )
        );
        if (judgesCalls)
        {
            Assert.InRange(calls.Good, records, records + inFlightAtKills);
        }
    }
}
