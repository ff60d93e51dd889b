using System.Globalization;

namespace DataGen.Tests.Reliability;

/// <summary>kill -9 at random moments, five times in one task.</summary>
public sealed class KillTests(KillTests.Fixture fixture) : IClassFixture<KillTests.Fixture>
{
    private const int Rounds = 5;
    private const int LongestDelayMs = 800;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public Task Five_kills_of_the_Runner_cost_the_calls_in_flight_and_nothing_else() =>
        RunAsync("kill -9 of the Runner", deployment => deployment.Runners);

    [Fact]
    public Task Five_kills_of_Tasks_cost_the_calls_in_flight_and_nothing_else() =>
        RunAsync("kill -9 of Tasks", deployment => deployment.Tasks);

    [Fact]
    public Task Five_kills_of_the_Gateway_cost_no_call_at_all() =>
        RunAsync("kill -9 of the Gateway", deployment => [deployment.Gateway]);

    [Fact]
    public Task Five_kills_of_everything_at_once_cost_the_calls_in_flight_and_nothing_else() =>
        RunAsync("kill -9 of all services", deployment => deployment.Services);

    private Task RunAsync(string fault, Func<Deployment, IEnumerable<Service>> choose) =>
        FaultScenario.RunAsync(
            fixture,
            fault,
            async scenario =>
            {
                var victims = choose(scenario.Deployment).ToArray();
                var seed = Random.Shared.Next();
                var random = new Random(seed);
                scenario.Remark = string.Create(CultureInfo.InvariantCulture, $"; {Rounds} kills, seed {seed}");
                await scenario.CreateAsync(6000, concurrency: 8);
                for (var round = 0; round < Rounds; round++)
                {
                    await scenario.ProgressAsync();
                    await Task.Delay(random.Next(LongestDelayMs), Cancelled);
                    await scenario.KillAsync(victims);
                    await Task.WhenAll(victims.Select(victim => victim.StartAsync(Cancelled)));
                }

                await scenario.SpeedUpModelAsync();
            }
        );

    public sealed class Fixture()
        : DeploymentFixture(
            new DeploymentPlan
            {
                RecordsCalls = true,
                LatencyMs = 200,
                Concurrency = 32,
            }
        );
}
