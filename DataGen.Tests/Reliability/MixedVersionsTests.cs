namespace DataGen.Tests.Reliability;

/// <summary>Runs this version beside an earlier one. <c>DATAGEN_EARLIER</c> names a built checkout of the earlier
/// version; <c>eng/mixed-versions.sh</c> makes it and runs these tests. They are not part of the gate, because a second
/// build takes minutes.</summary>
public sealed class MixedVersionsTests
{
    private const int Records = 4500;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static DeploymentPlan Plan { get; } =
        new()
        {
            HasRedis = true,
            RecordsCalls = true,
            LatencyMs = 300,
            RecordsPerShard = 2000,
            Earlier = Environment.GetEnvironmentVariable("DATAGEN_EARLIER"),
        };

    [Fact(Explicit = true)]
    public Task This_Tasks_has_records_made_by_an_earlier_Runner() =>
        RunAsync(
            Plan with
            {
                EarlierRunners = 1,
            },
            "earlier Runner, this Tasks: kill -9 of the Runner",
            async scenario =>
            {
                await CreateAsync(scenario, Records);
                await scenario.ProgressAsync(400);
                await KillAndStartAsync(scenario, scenario.Deployment.Runners[0]);
            }
        );

    [Fact(Explicit = true)]
    public Task An_earlier_Tasks_has_records_made_by_this_Runner() =>
        RunAsync(
            Plan with
            {
                EarlierTasks = 1,
            },
            "earlier Tasks, this Runner: kill -9 of the Tasks",
            async scenario =>
            {
                await CreateAsync(scenario, Records);
                await scenario.ProgressAsync(400);
                await KillAndStartAsync(scenario, scenario.Deployment.Tasks[0]);
            }
        );

    [Fact(Explicit = true)]
    public Task Both_versions_in_one_cluster_take_over_from_each_other_after_kills() =>
        RunAsync(
            Plan with
            {
                Tasks = 2,
                Runners = 2,
                EarlierTasks = 1,
                EarlierRunners = 1,
            },
            "both versions of Tasks and of Runner in one cluster: kill -9 of one after the other",
            async scenario =>
            {
                await CreateAsync(scenario, 2 * Records);
                foreach (var service in scenario.Deployment.Tasks.Concat(scenario.Deployment.Runners))
                {
                    await scenario.ProgressAsync(400);
                    await KillAndStartAsync(scenario, service);
                }
            }
        );

    [Fact(Explicit = true)]
    public Task An_upgrade_and_a_roll_back_of_Tasks_in_mid_task_lose_nothing() =>
        RunAsync(
            Plan with
            {
                Tasks = 2,
                EarlierTasks = 1,
            },
            "the earlier Tasks alone, this one alone, the earlier one alone again: SIGTERM",
            async scenario =>
            {
                var (now, before) = (scenario.Deployment.Tasks[0], scenario.Deployment.Tasks[1]);
                await now.TerminateAsync(Cancelled);
                await CreateAsync(scenario, 2 * Records);
                await scenario.ProgressAsync(400);
                await now.StartAsync(Cancelled);
                await scenario.TerminateAsync(before);
                await scenario.ProgressAsync(400);
                await before.StartAsync(Cancelled);
                await scenario.TerminateAsync(now);
                await scenario.ProgressAsync(400);
            }
        );

    // The task has a budget, so that the calls by which shards ask for their allowance travel between the versions too.
    private static async Task CreateAsync(FaultScenario scenario, int count)
    {
        await scenario.CreateAsync(count, mostCalls: 10 * count);
        await scenario.PostAsync("budget", body: new { calls = 20 * count });
    }

    private static async Task KillAndStartAsync(FaultScenario scenario, Service service)
    {
        await scenario.KillAsync(service);
        await service.StartAsync(Cancelled);
        await scenario.ProgressAsync(200);
    }

    private static async Task RunAsync(DeploymentPlan plan, string fault, Func<FaultScenario, Task> happen)
    {
        Assert.True(plan.Earlier is not null, "DATAGEN_EARLIER names no checkout of an earlier version.");
        await using var fixture = new Fixture(plan);
        await FaultScenario.RunAsync(
            fixture,
            fault,
            async scenario =>
            {
                await happen(scenario);
                await scenario.SpeedUpModelAsync();
            }
        );
    }

    private sealed class Fixture(DeploymentPlan plan) : DeploymentFixture(plan);
}
