using System.Globalization;
using DataGen.Tests.Ratio1.Support;

namespace DataGen.Tests.Reliability;

/// <summary>Two Tasks processes and three Runners as one cluster, with a task in shards that is spread over
/// them.</summary>
public sealed class ClusterTests(ClusterTests.Fixture fixture) : IClassFixture<ClusterTests.Fixture>
{
    private const int Records = 4500;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public Task When_one_of_each_is_killed_the_others_go_on_and_when_they_are_back_they_take_work_again() =>
        Row.RunAsync(
            fixture,
            "two Tasks and three Runners: kill -9 of one Tasks and one Runner",
            async row =>
            {
                var (tasks, runner) = (row.Deployment.Tasks[0], row.Deployment.Runners[1]);
                await row.CreateAsync(Records);
                await row.ProgressAsync(400);
                await row.KillAsync(tasks, runner);
                await row.ProgressAsync(400);
                await Task.WhenAll(tasks.StartAsync(Cancelled), runner.StartAsync(Cancelled));
                await row.HurryAsync();
                await AssertTakesWorkAsync(row, tasks, "ended as");
                await AssertTakesWorkAsync(row, runner, "a run of");
            }
        );

    [Fact]
    public Task Kills_of_any_process_one_after_another_cost_the_calls_in_flight() =>
        Row.RunAsync(
            fixture,
            "a task in three shards: five kills of any Tasks or Runner",
            async row =>
            {
                var seed = Random.Shared.Next();
                var random = new Random(seed);
                Service[] any = [.. row.Deployment.Tasks, .. row.Deployment.Runners];
                await row.CreateAsync(Records);
                for (var round = 0; round < 5; round++)
                {
                    await row.ProgressAsync(100);
                    await Task.Delay(random.Next(500), Cancelled);
                    var victim = any[random.Next(any.Length)];
                    row.Remark += $", {victim.Name}";
                    await row.KillAsync(victim);
                    await victim.StartAsync(Cancelled);
                }

                await row.HurryAsync();
                row.Remark = string.Create(CultureInfo.InvariantCulture, $"; killed{row.Remark[1..]}; seed {seed}");
            }
        );

    [Fact]
    public Task A_rolling_restart_of_every_process_under_load_loses_nothing() =>
        Row.RunAsync(
            fixture,
            "SIGTERM and restart of every process, one after another",
            async row =>
            {
                await row.CreateAsync(Records);
                var longest = TimeSpan.Zero;
                foreach (var service in row.Deployment.Services)
                {
                    await row.ProgressAsync(100);
                    var took = await row.TerminateAsync(service);
                    longest = took > longest ? took : longest;
                    await service.StartAsync(Cancelled);
                }

                await row.HurryAsync();
                Assert.True(longest < TimeSpan.FromSeconds(8), $"{longest} until the end after SIGTERM.");
                row.Remark = string.Create(
                    CultureInfo.InvariantCulture,
                    $"; slowest end after SIGTERM {longest.TotalSeconds:0.0} s"
                );
            }
        );

    [Fact]
    public Task A_restart_of_Redis_is_survived_and_a_kill_after_it_too() =>
        Row.RunAsync(
            fixture,
            "Redis: killed and back after 3 s; then kill -9 of one Tasks",
            async row =>
            {
                await row.CreateAsync(Records);
                await row.ProgressAsync(400);
                await RestartRedisAsync(row.Deployment.Redis!, keepsData: true);
                await row.ProgressAsync(400);
                await row.KillAsync(row.Deployment.Tasks[1]);
                await row.ProgressAsync(400);
                await row.Deployment.Tasks[1].StartAsync(Cancelled);
                await row.HurryAsync();
                await AssertTakesWorkAsync(row, row.Deployment.Tasks[1], "ended as");
            }
        );

    [Fact]
    public Task When_Redis_comes_back_empty_Tasks_ends_to_be_started_again_as_a_new_cluster() =>
        Row.RunAsync(
            fixture,
            "Redis: killed and back after 3 s, empty; Tasks ends and is started again; then kill -9 of one Tasks",
            async row =>
            {
                await row.CreateAsync(Records);
                await row.ProgressAsync(400);
                await RestartRedisAsync(row.Deployment.Redis!, keepsData: false);
                await row.TakeAwayAsync(row.Deployment.Tasks, tasks => tasks.EndAsync(Cancelled));
                await Task.WhenAll(row.Deployment.Tasks.Select(tasks => tasks.StartAsync(Cancelled)));
                await row.ProgressAsync(400);
                await row.KillAsync(row.Deployment.Tasks[1]);
                await row.ProgressAsync(400);
                await row.Deployment.Tasks[1].StartAsync(Cancelled);
                await row.HurryAsync();
                await AssertTakesWorkAsync(row, row.Deployment.Tasks[1], "ended as");
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

    /// <summary>Among small new tasks there soon is one for a process that has come back.</summary>
    private static async Task AssertTakesWorkAsync(Row row, Service service, string words)
    {
        for (var tries = 0; !service.PresentLog.Contains(words, StringComparison.Ordinal); tries++)
        {
            Assert.True(tries < 30, $"{service.Name} is back, and of {tries} new tasks it got none.");
            await (await row.CreateAsync(3)).EndAsync(60);
        }
    }

    public sealed class Fixture()
        : DeploymentFixture(
            new DeploymentPlan
            {
                Tasks = 2,
                Runners = 3,
                HasRedis = true,
                HasWitness = true,
                LatencyMs = 200,
                Concurrency = 16,
                RecordsPerShard = 2000,
            }
        );
}
