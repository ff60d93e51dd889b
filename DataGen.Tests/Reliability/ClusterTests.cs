using System.Globalization;
using DataGen.Tests.Ratio1.Support;

namespace DataGen.Tests.Reliability;

/// <summary>Two Tasks processes and three Runners as one cluster, with a task in shards that is spread over
/// them.</summary>
public sealed class ClusterTests(ClusterTests.Fixture fixture) : IClassFixture<ClusterTests.Fixture>
{
    private const int Records = 4500;

    // Lasts for several restarts one after another, also on a busy machine.
    private const int ManyRecords = 2 * Records;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public Task When_one_of_each_is_killed_the_others_go_on_and_when_they_are_back_they_take_work_again() =>
        FaultScenario.RunAsync(
            fixture,
            "two Tasks and three Runners: kill -9 of one Tasks and one Runner",
            async scenario =>
            {
                var (tasks, runner) = (scenario.Deployment.Tasks[0], scenario.Deployment.Runners[1]);
                await scenario.CreateAsync(Records);
                await scenario.ProgressAsync(400);
                await scenario.KillAsync(tasks, runner);
                await scenario.ProgressAsync(400);
                await Task.WhenAll(tasks.StartAsync(Cancelled), runner.StartAsync(Cancelled));
                await scenario.SpeedUpModelAsync();
                await AssertTakesWorkAsync(scenario, tasks, "ended as");
                await AssertTakesWorkAsync(scenario, runner, "a run of");
            }
        );

    [Fact]
    public Task Kills_of_any_process_one_after_another_cost_the_calls_in_flight() =>
        FaultScenario.RunAsync(
            fixture,
            "a task in five shards: five kills of any Tasks or Runner",
            async scenario =>
            {
                var seed = Random.Shared.Next();
                var random = new Random(seed);
                Service[] any = [.. scenario.Deployment.Tasks, .. scenario.Deployment.Runners];
                await scenario.CreateAsync(ManyRecords);
                for (var round = 0; round < 5; round++)
                {
                    await scenario.ProgressAsync(100);
                    await Task.Delay(random.Next(500), Cancelled);
                    var victim = any[random.Next(any.Length)];
                    scenario.Remark += $", {victim.Name}";
                    await scenario.KillAsync(victim);
                    await victim.StartAsync(Cancelled);
                }

                await scenario.SpeedUpModelAsync();
                scenario.Remark = string.Create(
                    CultureInfo.InvariantCulture,
                    $"; killed{scenario.Remark[1..]}; seed {seed}"
                );
            }
        );

    [Fact]
    public Task A_rolling_restart_of_every_process_under_load_loses_nothing() =>
        FaultScenario.RunAsync(
            fixture,
            "SIGTERM and restart of every process, one after another",
            async scenario =>
            {
                await scenario.CreateAsync(ManyRecords);
                var longest = TimeSpan.Zero;
                foreach (var service in scenario.Deployment.Services)
                {
                    await scenario.ProgressAsync(100);
                    var took = await scenario.TerminateAsync(service);
                    longest = took > longest ? took : longest;
                    await service.StartAsync(Cancelled);
                }

                await scenario.SpeedUpModelAsync();
                Assert.True(longest < TimeSpan.FromSeconds(8), $"{longest} until the end after SIGTERM.");
                scenario.Remark = string.Create(
                    CultureInfo.InvariantCulture,
                    $"; slowest end after SIGTERM {longest.TotalSeconds:0.0} s"
                );
            }
        );

    [Fact]
    public Task A_restart_of_Redis_is_survived_and_a_kill_after_it_too() =>
        FaultScenario.RunAsync(
            fixture,
            "Redis: killed and back after 3 s; then kill -9 of one Tasks",
            async scenario =>
            {
                await scenario.CreateAsync(Records);
                await scenario.ProgressAsync(400);
                await RestartRedisAsync(scenario.Deployment.Redis!, keepsData: true);
                await scenario.ProgressAsync(400);
                await scenario.KillAsync(scenario.Deployment.Tasks[1]);
                await scenario.ProgressAsync(400);
                await scenario.Deployment.Tasks[1].StartAsync(Cancelled);
                await scenario.SpeedUpModelAsync();
                await AssertTakesWorkAsync(scenario, scenario.Deployment.Tasks[1], "ended as");
            }
        );

    [Fact]
    public Task When_Redis_comes_back_empty_Tasks_ends_to_be_started_again_as_a_new_cluster() =>
        FaultScenario.RunAsync(
            fixture,
            "Redis: killed and back after 3 s, empty; Tasks ends and is started again; then kill -9 of one Tasks",
            async scenario =>
            {
                await scenario.CreateAsync(Records);
                await scenario.ProgressAsync(400);
                await RestartRedisAsync(scenario.Deployment.Redis!, keepsData: false);
                await scenario.StopAsync(scenario.Deployment.Tasks, tasks => tasks.EndAsync(Cancelled));
                await Task.WhenAll(scenario.Deployment.Tasks.Select(tasks => tasks.StartAsync(Cancelled)));
                await scenario.ProgressAsync(400);
                await scenario.KillAsync(scenario.Deployment.Tasks[1]);
                await scenario.ProgressAsync(400);
                await scenario.Deployment.Tasks[1].StartAsync(Cancelled);
                await scenario.SpeedUpModelAsync();
                await AssertTakesWorkAsync(scenario, scenario.Deployment.Tasks[1], "ended as");
            }
        );

    private static async Task RestartRedisAsync(RedisServer redis, bool keepsData)
    {
        await redis.StopAsync();
        await Task.Delay(TimeSpan.FromSeconds(3), Cancelled);
        if (!keepsData)
        {
            Directory.Delete(Path.Combine(redis.DataFolder!, "appendonlydir"), recursive: true);
        }

        await redis.StartAsync();
    }

    /// <summary>Among small new tasks there is one for a process that has come back.</summary>
    private static Task AssertTakesWorkAsync(FaultScenario scenario, Service service, string words) =>
        Eventually.TrueAsync(
            async () =>
            {
                await (await scenario.CreateAsync(3)).EndAsync();
                return service.PresentLog.Contains(words, StringComparison.Ordinal);
            },
            $"{service.Name} is back and gets a task",
            seconds: 60
        );

    public sealed class Fixture()
        : DeploymentFixture(
            new DeploymentPlan
            {
                Tasks = 2,
                Runners = 3,
                HasRedis = true,
                RecordsCalls = true,
                LatencyMs = 500,
                Concurrency = 16,
                RecordsPerShard = 2000,
            }
        );
}
