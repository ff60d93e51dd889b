using System.Globalization;

namespace DataGen.Tests.Reliability;

/// <summary>An inference server that fails in the ways real ones do: every record is made all the same, and each with
/// one good call.</summary>
public sealed class InferenceFaultTests(InferenceFaultTests.Fixture fixture)
    : IClassFixture<InferenceFaultTests.Fixture>
{
    private const int Records = 200;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public Task Every_third_call_failing_with_500_costs_its_retries() =>
        RunAsync(
            "inference: 30 % of the calls get 500",
            """{"inference":{"errorRate":0.3}}""",
            calls => Assert.InRange(calls.Failed, 30, 200)
        );

    [Fact]
    public Task Storms_of_429_cost_the_time_they_last() =>
        RunAsync(
            "inference: 429 with Retry-After 1 to all calls for 4 s, then to 20 %",
            """{"inference":{"tooManyRate":0.2}}""",
            calls => Assert.InRange(calls.Failed, 20, 200),
            async scenario =>
            {
                await scenario.Pollers[0].MoreThanAsync(20);
                await scenario.Mock.SetFaultsAsync(
                    """{"inference":{"tooManyRate":{"value":1,"seconds":4}}}""",
                    Cancelled
                );
                await Task.Delay(TimeSpan.FromSeconds(4), Cancelled);
                await scenario.Mock.SetFaultsAsync("""{"inference":{"tooManyRate":0.2}}""", Cancelled);
            }
        );

    [Fact]
    public Task Calls_that_hang_cost_their_deadline() =>
        RunAsync(
            "inference: 5 % of the calls hang, deadline 3 s",
            """{"inference":{"hangRate":0.05}}""",
            calls => Assert.InRange(calls.Aborted, 2, 60)
        );

    [Fact]
    public Task Truncated_answers_cost_their_retries() =>
        RunAsync(
            "inference: 30 % of the answers are truncated JSON",
            """{"inference":{"malformedRate":0.3,"malformedKind":"truncated"}}""",
            calls => Assert.InRange(calls.Malformed, 30, 200)
        );

    [Fact]
    public Task Prose_around_the_record_costs_nothing() =>
        RunAsync(
            "inference: prose around every record",
            """{"inference":{"malformedRate":1,"malformedKind":"prose"}}""",
            calls => Assert.Equal((Records, Records), (calls.Wrapped, calls.Requested))
        );

    [Fact]
    public Task Errors_with_status_200_cost_their_retries() =>
        RunAsync(
            "inference: 30 % of the answers are 200 with `error`",
            """{"inference":{"malformedRate":0.3,"malformedKind":"errorIn200"}}""",
            calls => Assert.InRange(calls.Malformed, 30, 200)
        );

    [Fact]
    public Task A_server_that_goes_away_is_waited_for() =>
        RunAsync(
            "inference: no connection for 5 s",
            """{"inference":{"latencyMs":100}}""",
            _ => { },
            async scenario =>
            {
                await scenario.Pollers[0].MoreThanAsync(20);
                await scenario.Mock.SetFaultsAsync("""{"inference":{"down":"abort"}}""", Cancelled);
                var outage = Task.Delay(TimeSpan.FromSeconds(5), Cancelled);
                await Eventually.GetAsync(
                    () => scenario.Deployment.Admin.GetAsync(scenario.Tasks[0].Path, Cancelled),
                    task =>
                        task.TryGetProperty("waitingReason", out var reason)
                        && reason.GetString()!.Contains("inference server", StringComparison.Ordinal),
                    "the task says what it waits for"
                );
                await outage;
                await scenario.Mock.SetFaultsAsync("""{"inference":{"latencyMs":100}}""", Cancelled);
            }
        );

    private Task RunAsync(
        string fault,
        string faults,
        Action<InferenceCounts> hasHit,
        Func<FaultScenario, Task>? during = null
    ) =>
        FaultScenario.RunAsync(
            fixture,
            fault,
            async scenario =>
            {
                var before = await scenario.Mock.CallsAsync(Cancelled);
                await scenario.Mock.SetFaultsAsync(faults, Cancelled);
                await scenario.CreateAsync(Records);
                await (during?.Invoke(scenario) ?? Task.CompletedTask);
                await scenario.EndAsync();

                // Each call that was not good is one that the fault has hit: nothing was called in vain, and the fault
                // was there.
                var calls = await scenario.Mock.CallsAsync(Cancelled) - before;
                Assert.Equal(Records, calls.Good);
                Assert.Equal(calls.Requested, calls.Good + calls.Failed + calls.Malformed + calls.Aborted);
                hasHit(calls);
                scenario.Remark = string.Create(
                    CultureInfo.InvariantCulture,
                    $"; calls hit: {calls.Failed + calls.Malformed + calls.Aborted}"
                );
            }
        );

    public sealed class Fixture()
        : DeploymentFixture(
            new DeploymentPlan
            {
                LatencyMs = 50,
                Concurrency = 16,
                AttemptSeconds = 6,
                Attempts = 12,
            }
        );
}
