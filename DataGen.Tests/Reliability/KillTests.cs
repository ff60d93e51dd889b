using System.Globalization;

namespace DataGen.Tests.Reliability;

/// <summary>kill -9 at random moments, ten times in one task.</summary>
public sealed class KillTests(KillTests.Fixture fixture) : IClassFixture<KillTests.Fixture>
{
    private const int Rounds = 10;
    private const int Records = 2000;
    private const int Concurrency = 8;
    private const int LongestDelayMs = 800;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public Task Ten_kills_of_the_Runner_cost_the_calls_in_flight_and_nothing_else() => RunAsync("kill -9 of the Runner", deployment => deployment.Runners);

    [Fact]
    public Task Ten_kills_of_Tasks_cost_the_calls_in_flight_and_nothing_else() => RunAsync("kill -9 of Tasks", deployment => deployment.Tasks);

    [Fact]
    public Task Ten_kills_of_the_Gateway_cost_no_call_at_all() => RunAsync("kill -9 of the Gateway", deployment => [deployment.Gateway]);

    [Fact]
    public Task Ten_kills_of_everything_at_once_cost_the_calls_in_flight_and_nothing_else() => RunAsync("kill -9 of all services", deployment => deployment.Services);

    private Task RunAsync(string fault, Func<Deployment, IEnumerable<Service>> choose) => Row.RunAsync(fixture.Deployment, fault, async row =>
    {
        var victims = choose(row.Deployment).ToArray();
        var hitsWork = victims.Any(victim => victim != row.Deployment.Gateway);
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        row.Deployment.Witness!.NextEra();
        var task = await row.CreateAsync(Records, Concurrency);
        var stored = new HashSet<int>();
        var before = 0;
        for (var round = 0; round < Rounds; round++)
        {
            await task.MoreThanAsync(before);
            await Task.Delay(random.Next(LongestDelayMs), Cancelled);
            Assert.True(task.IsUnfinished, $"The task ended before kill {round + 1}.");
            before = task.Completed;
            await Task.WhenAll(victims.Select(victim => victim.KillAsync()));
            stored = await EndEraAsync(row, stored, hitsWork);
            await Task.WhenAll(victims.Select(victim => victim.StartAsync(Cancelled)));
        }

        await row.Mock.SetFaultsAsync("""{"inference":{"latencyMs":5}}""", Cancelled);
        await row.EndAsync();
        AssertNoneAgain(row.Deployment.Witness.NextEra(), stored);
        row.Remark = string.Create(CultureInfo.InvariantCulture, $"; {Rounds} kills, seed {seed}");
    });

    /// <summary>Judges the calls since the kill before, and returns what is stored now.</summary>
    private static async Task<HashSet<int>> EndEraAsync(Row row, HashSet<int> storedBefore, bool hitsWork)
    {
        var witness = row.Deployment.Witness!;
        if (hitsWork)
        {
            await Eventually.TrueAsync(() => witness.InFlight == 0, "every call is abandoned after the kill", seconds: 2);
        }

        var stored = (await StoredTask.ReadAsync(row.Mock, row.Tasks[0].Id, Cancelled)).AllIndices.ToHashSet();
        var calls = witness.NextEra();
        AssertNoneAgain(calls, storedBefore);
        if (hitsWork)
        {
            row.InFlightAtKills += calls.Keys.Count(index => !stored.Contains(index));
        }

        return stored;
    }

    // What was stored when the era began is never asked for again, and between two kills nothing is asked for twice.
    private static void AssertNoneAgain(IReadOnlyDictionary<int, CallsOfRecord> calls, HashSet<int> storedBefore)
    {
        Assert.All(calls.Keys, index => Assert.False(storedBefore.Contains(index), $"Record {index} was asked for although it was stored."));
        Assert.All(calls, call => Assert.True(call.Value.Begun == 1, $"Record {call.Key} was asked for {call.Value.Begun} times between two kills."));
    }

    public sealed class Fixture() : DeploymentFixture(new DeploymentPlan { HasWitness = true, LatencyMs = 200, Concurrency = 32 });
}
