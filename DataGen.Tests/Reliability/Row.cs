using System.Globalization;
using DataGen.Tests.Support;

namespace DataGen.Tests.Reliability;

/// <summary>A row of the table in docs/reliability.md: tasks under a fault, from their creation to the verdict, and what the fault cost.</summary>
internal sealed class Row : IAsyncDisposable
{
    private const string Prompt = "A customer of an online book shop: full name, e-mail at example.com, age 18-90, country, favourite genre, loyalty points";
    private readonly List<MadeTask> tasks = [];
    private readonly List<ProgressWatch> watches = [];

    private Row(Deployment deployment) => Deployment = deployment;

    public Deployment Deployment { get; }

    public MockNode Mock => Deployment.Mock;

    /// <summary>Successful calls that may have been lost: those in flight, and those answered but not stored, at each kill.</summary>
    public int InFlightAtKills { get; set; }

    /// <summary>The mock's counts when the row began.</summary>
    public InferenceCounts CallsBefore { get; private set; } = null!;

    /// <summary>What else the fault cost, for the printed line.</summary>
    public string Remark { get; set; } = "";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Lets a row happen, judges it, and prints what it cost; when it fails, shows what the processes have printed.</summary>
    public static async Task RunAsync(Deployment deployment, string fault, Func<Row, Task> happen)
    {
        await using var row = new Row(deployment);
        try
        {
            row.CallsBefore = await deployment.Mock.CallsAsync(Cancelled);
            await happen(row);
            await row.EndAsync();
            await row.JudgeAsync(fault);
        }
        catch (Exception)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(deployment.Log());
            throw;
        }
        finally
        {
            await deployment.Mock.ClearFaultsAsync(CancellationToken.None);
        }
    }

    /// <summary>Creates a task and watches it.</summary>
    public async Task<ProgressWatch> CreateAsync(int count, int? concurrency = null, ApiClient? user = null)
    {
        var owner = user ?? Deployment.Admin;
        var task = new MadeTask(owner, await owner.CreateAsync(Prompt, count, concurrency, Cancelled), count);
        tasks.Add(task);
        watches.Add(new ProgressWatch(task));
        return watches[^1];
    }

    /// <summary>Waits for the end of every task.</summary>
    public Task EndAsync(int seconds = 90) => Task.WhenAll(watches.Select(watch => watch.EndAsync(seconds)));

    /// <summary>The tasks, in order of creation.</summary>
    public IReadOnlyList<MadeTask> Tasks => tasks;

    /// <summary>Those who watch them, likewise.</summary>
    public IReadOnlyList<ProgressWatch> Watches => watches;

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
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{fault}: {records} records in {watches.Max(watch => watch.Elapsed).TotalSeconds:0.0} s; calls beyond: {calls.Requested - records}, of them answered: {calls.Good - records}; in flight at kills: {InFlightAtKills}; longest time without progress: {watches.Max(watch => watch.LongestPause).TotalSeconds:0.0} s{Remark}"));
        Assert.InRange(calls.Good, records, records + InFlightAtKills);
    }
}
