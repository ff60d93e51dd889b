using DataGen.Tests.Support;

namespace DataGen.Tests.Reliability;

/// <summary>Many tasks at once.</summary>
public sealed class ManyTasksTests(ManyTasksTests.Fixture fixture) : IClassFixture<ManyTasksTests.Fixture>
{
    private const int PerUser = 4;
    private const int Records = 60;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public Task Twenty_tasks_of_five_users_at_once_survive_a_kill_of_Tasks_and_of_the_Runner() =>
        FaultScenario.RunAsync(
            fixture,
            "20 tasks of 5 users at once, kill -9 of Tasks and of the Runner",
            async scenario =>
            {
                var users = new List<ApiClient>();
                foreach (var name in (string[])["ada", "blaise", "carl", "dorothy", "emmy"])
                {
                    users.Add(await scenario.Deployment.AddUserAsync(name, Cancelled));
                }

                await Task.WhenAll(
                    users.SelectMany(user =>
                        Enumerable.Range(0, PerUser).Select(_ => scenario.CreateAsync(Records, user: user))
                    )
                );
                foreach (var victim in (Service[])[scenario.Deployment.Tasks[0], scenario.Deployment.Runners[0]])
                {
                    await scenario.ProgressAsync(100);
                    await scenario.KillAsync(victim);
                    await victim.StartAsync(Cancelled);
                }

                await scenario.EndAsync();
                foreach (var user in users)
                {
                    var list = await user.GetAsync("/api/tasks?limit=100", Cancelled);
                    Assert.Equal(
                        scenario.Tasks.Where(task => task.User == user).Select(task => task.Id).Order(),
                        list.GetProperty("items")
                            .EnumerateArray()
                            .Select(task => task.GetProperty("id").GetString()!)
                            .Order()
                    );
                }
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
