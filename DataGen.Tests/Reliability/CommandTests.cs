using System.Globalization;
using System.Net;
using DataGen.Tests.Support;

namespace DataGen.Tests.Reliability;

/// <summary>Retry, delete and cancel, with the process that was told killed right after, or before it could
/// answer.</summary>
public sealed class CommandTests(CommandTests.Fixture fixture) : IClassFixture<CommandTests.Fixture>
{
    private const int Records = 3000;
    private const int Shards = 2;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public Task Failed_records_are_made_again_under_kills_and_the_good_ones_stay() =>
        FaultScenario.RunAsync(
            fixture,
            "retry of the failed records; kill -9 of Tasks at once, then of the Runner",
            async scenario =>
            {
                await scenario.Mock.SetFaultsAsync("""{"inference":{"errorRate":0.5}}""", Cancelled);
                var task = await scenario.CreateAsync(Records);
                await task.EndAsync();
                var failed = (await scenario.Deployment.Admin.GetAsync(scenario.Tasks[0].Path, Cancelled))
                    .GetProperty("failures")
                    .GetInt32();
                Assert.InRange(failed, Records / 10, Records / 2);

                await scenario.Mock.SetFaultsAsync("""{"inference":{"latencyMs":200}}""", Cancelled);
                await scenario.BeginAuditAsync();
                await scenario.PostAsync("retry");
                await scenario.StopWatchingAsync(scenario.Tasks[0], again: true);
                await scenario.KillAsync(scenario.Deployment.Tasks);
                await scenario.Deployment.Tasks[0].StartAsync(Cancelled);
                await scenario.ProgressAsync(100);
                await scenario.PostAsync("retry");
                await scenario.KillAsync(scenario.Deployment.Runners);
                await scenario.Deployment.Runners[0].StartAsync(Cancelled);
                scenario.Remark = string.Create(CultureInfo.InvariantCulture, $"; {failed} records had failed");
            }
        );

    [Fact]
    public Task A_deleted_task_leaves_no_key_and_no_known_file_though_Tasks_is_killed_during_it() =>
        FaultScenario.RunAsync(
            fixture,
            "delete in mid-task; kill -9 of Tasks during it, three times",
            async scenario =>
            {
                await (await scenario.CreateAsync(20)).EndAsync();
                var (keys, files, lost) = (scenario.Mock.Keys(), scenario.Mock.Files(), new List<string>());
                var seed = Random.Shared.Next();
                var random = new Random(seed);
                for (var round = 0; round < 3; round++)
                {
                    await scenario.CreateAsync(Records);
                    await scenario.ProgressAsync(300);
                    var doomed = scenario.Tasks[1];
                    await scenario.StopWatchingAsync(doomed, again: false);
                    var deleting = doomed.User.TryDeleteAsync(doomed.Id, Cancelled);
                    await Task.Delay(random.Next(400), Cancelled);
                    await scenario.Deployment.Tasks[0].KillAsync();
                    await deleting;
                    await scenario.Deployment.Tasks[0].StartAsync(Cancelled);
                    await Eventually.GetAsync(
                        () => doomed.User.TryDeleteAsync(doomed.Id, Cancelled),
                        status => status == HttpStatusCode.NotFound,
                        "the task is gone for its owner"
                    );
                    await Eventually.GetAsync(
                        () => Task.FromResult(string.Join(' ', scenario.Mock.Keys().Except(keys))),
                        left => left.Length == 0
                    );
                    lost.AddRange(scenario.Mock.Files().Except(files).Except(lost));

                    // A file whose CID was on its way to CStore when the process died is nobody's: one for each shard
                    // at work.
                    Assert.InRange(lost.Count, 0, Shards * (round + 1));
                }

                await scenario.BeginAuditAsync();
                scenario.Remark = string.Create(
                    CultureInfo.InvariantCulture,
                    $"; files left behind {lost.Count}; seed {seed}"
                );
            }
        );

    [Fact]
    public Task A_cancelled_task_makes_no_call_a_second_later_and_stays_cancelled_after_a_kill() =>
        FaultScenario.RunAsync(
            fixture,
            "cancel in mid-task; kill -9 of Tasks after it",
            async scenario =>
            {
                await (await scenario.CreateAsync(20)).EndAsync();
                await scenario.CreateAsync(Records);
                await scenario.ProgressAsync(300);
                var task = scenario.Tasks[1];
                var (watch, told) = (new UncontendedStopwatch(), DateTime.UtcNow);
                var cancelled = await scenario.PostAsync("cancel", task);
                scenario.Remark = string.Create(
                    CultureInfo.InvariantCulture,
                    $"; answered after {watch.Elapsed.TotalMilliseconds:0} ms"
                );
                Assert.Equal("cancelled", cancelled.GetProperty("status").GetString());
                var late = told + TimeSpan.FromSeconds(1) + watch.Contended;
                await Task.Delay(TimeSpan.FromSeconds(2), Cancelled);

                await scenario.StopWatchingAsync(task, again: false);
                await scenario.Deployment.Tasks[0].KillAsync();
                await scenario.Deployment.Tasks[0].StartAsync(Cancelled);
                var after = await Eventually.GetAsync(
                    async () => await task.User.TryGetAsync(task.Path, TimeSpan.FromSeconds(5), Cancelled),
                    seen => seen is not null,
                    "the task is there after the restart"
                );
                Assert.Equal(
                    ("cancelled", cancelled.GetProperty("completed").GetInt32()),
                    (after!.Value.GetProperty("status").GetString(), after.Value.GetProperty("completed").GetInt32())
                );
                Assert.All(
                    scenario.Deployment.CallRecorder!.NextPeriod(),
                    call =>
                        Assert.All(
                            call.Value.Begun,
                            begun =>
                                Assert.True(
                                    begun <= late,
                                    $"A call began at {begun:HH:mm:ss.fff}, and no later than {late:HH:mm:ss.fff} one should."
                                )
                        )
                );

                // What was done is kept, each record once, and is what the export gives.
                var stored = await StoredTask.ReadAsync(scenario.Mock, task.Id, Cancelled);
                Assert.Equal(stored.CountedIndices.Count, stored.CountedIndices.Distinct().Count());
                Assert.Equal(stored.CountedIndices.Count, cancelled.GetProperty("completed").GetInt32());
                Assert.Equal(
                    stored.CountedIndices.Count,
                    (await task.User.DownloadAsync(task.Id, "jsonl", Cancelled)).Count(letter => letter == '\n')
                );
            }
        );

    public sealed class Fixture()
        : DeploymentFixture(
            new DeploymentPlan
            {
                RecordsCalls = true,
                HasR1fs = true,
                LatencyMs = 50,
                Concurrency = 32,
                Attempts = 2,
                RecordsPerShard = 2000,
            }
        );
}
