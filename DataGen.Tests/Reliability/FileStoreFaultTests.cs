namespace DataGen.Tests.Reliability;

/// <summary>Records in R1FS, which fails, or whose disk is full.</summary>
public sealed class FileStoreFaultTests(FileStoreFaultTests.Fixture fixture)
    : IClassFixture<FileStoreFaultTests.Fixture>
{
    private const int Records = 300;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public Task R1FS_that_fails_half_of_the_time_and_forgets_some_files_costs_repetitions_only() =>
        RunAsync(
            "R1FS: half of the calls fail, a fifth of the files get no CID",
            """{"r1fs":{"errorRate":0.5,"cidNull":0.2}}"""
        );

    [Fact]
    public Task R1FS_that_is_down_is_waited_for() =>
        RunAsync("R1FS: down for 5 s", """{"r1fs":{"down":{"value":"503","seconds":5}}}""");

    [Fact]
    public Task A_full_disk_is_waited_for() =>
        RunAsync(
            "the node's disk: full for 8 s, for CStore and R1FS",
            """{"r1fs":{"diskFull":{"value":1,"seconds":8}},"cstore":{"diskFull":{"value":1,"seconds":8}}}"""
        );

    private Task RunAsync(string fault, string faults) =>
        FaultScenario.RunAsync(
            fixture,
            fault,
            async scenario =>
            {
                var task = await scenario.CreateAsync(Records);
                await task.MoreThanAsync(20);
                await scenario.Mock.SetFaultsAsync(faults, Cancelled);
                await scenario.EndAsync();
                await scenario.Mock.ClearFaultsAsync(Cancelled);
                var stored = await StoredTask.ReadAsync(scenario.Mock, scenario.Tasks[0].Id, Cancelled);
                Assert.True(stored.Files.Count > 1, "The records are in R1FS.");
            }
        );

    public sealed class Fixture()
        : DeploymentFixture(
            new DeploymentPlan
            {
                LatencyMs = 100,
                Concurrency = 8,
                HasR1fs = true,
            }
        );
}
