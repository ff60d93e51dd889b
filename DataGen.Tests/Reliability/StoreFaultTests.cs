using System.Globalization;
using System.Text.Json;
using DataGen.Tests.Support;

namespace DataGen.Tests.Reliability;

/// <summary>A CStore that is away, refuses, lies or is slow: nothing is lost, nothing is made twice, and inference does
/// not wait for it.</summary>
public sealed class StoreFaultTests(StoreFaultTests.Fixture fixture) : IClassFixture<StoreFaultTests.Fixture>
{
    private const int Records = 400;
    private const int LatencyMs = 100;
    private const int Concurrency = 16;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_store_that_is_down_for_20_s_is_waited_for_while_the_records_are_made() =>
        RunAsync(
            "CStore: down for 20 s",
            async scenario =>
            {
                await scenario.Pollers[0].MoreThanAsync(20);
                await scenario.Mock.SetFaultsAsync("""{"cstore":{"down":"abort"}}""", Cancelled);
                var outage = Task.Delay(TimeSpan.FromSeconds(20), Cancelled);
                await AssertInferenceGoesOnAsync(scenario, seconds: 15);
                await outage;
                await scenario.Mock.ClearFaultsAsync(Cancelled);
            }
        );

    [Fact]
    public Task A_store_that_refuses_writes_for_10_s_is_waited_for_while_the_records_are_made() =>
        RunAsync(
            "CStore: refuses every write for 10 s",
            async scenario =>
            {
                await scenario.Pollers[0].MoreThanAsync(20);
                await scenario.Mock.SetFaultsAsync("""{"cstore":{"falseDropped":1}}""", Cancelled);
                var outage = Task.Delay(TimeSpan.FromSeconds(10), Cancelled);
                await AssertInferenceGoesOnAsync(scenario, seconds: 10);
                await outage;
                await scenario.Mock.ClearFaultsAsync(Cancelled);
            }
        );

    [Fact]
    public Task Writes_that_are_kept_but_answered_with_false_are_repeated_without_harm() =>
        RunAsync(
            "CStore: half of the writes answered `false`, the value kept",
            scenario => scenario.Mock.SetFaultsAsync("""{"cstore":{"falseKept":0.5}}""", Cancelled)
        );

    [Fact]
    public Task Writes_of_5_s_each_do_not_slow_inference() =>
        RunAsync(
            "CStore: 5 s per write",
            async scenario =>
            {
                await scenario.Pollers[0].MoreThanAsync(20);
                await scenario.Mock.SetFaultsAsync("""{"cstore":{"writeLatencyMs":5000}}""", Cancelled);
                await AssertInferenceGoesOnAsync(scenario, seconds: 10);
            }
        );

    [Fact]
    public Task A_task_that_has_filled_its_window_takes_no_slot_from_another() =>
        FaultScenario.RunAsync(
            fixture,
            "CStore: 10 s per write, one task's window full, another begun",
            async scenario =>
            {
                await scenario.Mock.SetFaultsAsync("""{"inference":{"latencyMs":2}}""", Cancelled);
                var large = await scenario.CreateAsync(9000);
                await large.MoreThanAsync(0);
                await scenario.Mock.SetFaultsAsync(
                    """{"inference":{"latencyMs":2},"cstore":{"writeLatencyMs":10000}}""",
                    Cancelled
                );
                await UntilNoCallIsMadeAsync(scenario);

                await scenario.CreateAsync(100, Concurrency);
                var watch = new UncontendedStopwatch();
                await Eventually.GetAsync(
                    () => scenario.Deployment.Admin.GetAsync(scenario.Tasks[1].Path, Cancelled),
                    task => Made(task) == 100,
                    "all records of the second task are made"
                );
                watch.AssertWithin(8, "The records of the second task");
                scenario.Remark = string.Create(
                    CultureInfo.InvariantCulture,
                    $"; the second task's 100 records were made in {watch.Elapsed.TotalSeconds:0.0} s"
                );
                Assert.True(large.IsUnfinished && large.Completed < 9000 - 100);
                await scenario.Mock.ClearFaultsAsync(Cancelled);
                await scenario.Mock.SetFaultsAsync("""{"inference":{"latencyMs":2}}""", Cancelled);
            }
        );

    private Task RunAsync(string fault, Func<FaultScenario, Task> during) =>
        FaultScenario.RunAsync(
            fixture,
            fault,
            async scenario =>
            {
                await scenario.CreateAsync(Records, Concurrency);
                await during(scenario);
                await scenario.EndAsync();

                // What the lists and counters are told at the end takes a good many small writes.
                await scenario.Mock.ClearFaultsAsync(Cancelled);
            }
        );

    /// <summary>The model gives every record in the time that it needs for them, whatever the store does.</summary>
    private static async Task AssertInferenceGoesOnAsync(FaultScenario scenario, int seconds)
    {
        var watch = new UncontendedStopwatch();
        var before = scenario.Pollers[0].Completed;
        await Eventually.GetAsync(
            async () => (await scenario.Mock.CallsAsync(Cancelled)).Good - scenario.CallsBefore.Good,
            good => good == Records,
            "every call is made while the store fails"
        );
        watch.AssertWithin(seconds, "All calls");
        Assert.True(
            scenario.Pollers[0].IsUnfinished && scenario.Pollers[0].Completed < Records,
            "The store was there too early."
        );
        scenario.Remark = string.Create(
            CultureInfo.InvariantCulture,
            $"; all calls were made after {watch.Elapsed.TotalSeconds:0.0} s, ideal {(Records - before) * LatencyMs / 1000.0 / Concurrency:0.0} s"
        );
    }

    // Flow control has reached the model: the window is full.
    private static async Task UntilNoCallIsMadeAsync(FaultScenario scenario)
    {
        for (
            var calls = -1;
            await scenario.Mock.CallsAsync(Cancelled) is var now && (now.Requested != calls || now.InFlight > 0);
            calls = now.Requested
        )
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), Cancelled);
        }

        Assert.True(scenario.Pollers[0].IsUnfinished);
    }

    private static int Made(JsonElement task) =>
        task.GetProperty("completed").GetInt32()
        + task.GetProperty("inFlight")
            .EnumerateArray()
            .Count(record => record.GetProperty("state").GetString() == "storing");

    public sealed class Fixture() : DeploymentFixture(new DeploymentPlan { LatencyMs = LatencyMs, Concurrency = 64 });
}
