using System.Net;
using System.Text.Json;

namespace DataGen.Tests.Reliability;

/// <summary>kill -9 of what makes a dataset while its records have to be valid, to differ, to have an exact
/// distribution and to cost no more than was said.</summary>
public sealed class DefinitionKillTests(DefinitionKillTests.Fixture fixture)
    : IClassFixture<DefinitionKillTests.Fixture>
{
    private const int Count = 4500;
    private const int Calls = 20_000;

    private const string Definition = """
        {"prompt":"A customer on the plan {{plan}}: name, age, email","count":4500,
         "samplers":{"plan":{"type":"category","weights":{"free":70,"pro":20,"enterprise":10}}},
         "schema":{"type":"object","additionalProperties":false,"required":["name","age","email","plan"],"properties":{
           "name":{"type":"string"},"age":{"type":"integer","minimum":18,"maximum":90},
           "email":{"type":"string","format":"email"},"plan":{"enum":["free","pro","enterprise"]}}},
         "unique":[["email"]],"budget":{"calls":20000}}
        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Three_kills_leave_exactly_what_was_asked_for_within_its_budget()
    {
        var deployment = await fixture.OpenAsync();
        await deployment.Mock.SetFaultsAsync(
            """{"inference":{"invalidRate":0.2,"duplicateRate":0.3,"latencyMs":40,"jitterMs":20}}""",
            Cancelled
        );
        var before = await deployment.Mock.CallsAsync(Cancelled);
        var task = await deployment.Admin.PostAsync(
            "/api/tasks",
            JsonElement.Parse(Definition),
            HttpStatusCode.Created,
            Cancelled
        );
        var id = task.GetProperty("id").GetString()!;
        for (var kill = 1; kill <= 3; kill++)
        {
            var done = Count * kill / 5;
            await deployment.UntilAsync(id, now => now.GetProperty("completed").GetInt32() > done, Cancelled);
            Service[] victims = kill == 2 ? [.. deployment.Tasks, .. deployment.Runners] : [.. deployment.Tasks];
            await Task.WhenAll(victims.Select(victim => victim.KillAsync()));
            await Task.WhenAll(victims.Select(victim => victim.StartAsync(Cancelled)));
        }

        var ended = await deployment.UntilAsync(
            id,
            now => now.GetProperty("status").GetString() is not ("queued" or "running"),
            Cancelled
        );

        Assert.Equal("succeeded", ended.GetProperty("status").GetString());
        Assert.Equal(0, ended.GetProperty("failures").GetInt32());
        var records = await RecordsAsync(deployment, id);
        Assert.Equal(Count, records.Count);
        Assert.Equal(
            Count,
            records
                .Select(record => record.GetProperty("email").GetString()!.Trim().ToUpperInvariant())
                .Distinct()
                .Count()
        );
        Assert.All(records, record => Assert.InRange(record.GetProperty("age").GetInt32(), 18, 90));
        Assert.Equal(
            [("enterprise", 450), ("free", 3150), ("pro", 900)],
            records
                .GroupBy(record => record.GetProperty("plan").GetString()!)
                .Select(plan => (plan.Key, plan.Count()))
                .Order()
        );
        Assert.InRange((await deployment.Mock.CallsAsync(Cancelled) - before).Requested, Count, Calls);
        await deployment.Mock.ClearFaultsAsync(Cancelled);
    }

    private static async Task<List<JsonElement>> RecordsAsync(Deployment deployment, string id)
    {
        using var reader = new StreamReader(await deployment.Admin.OpenDownloadAsync(id, "jsonl", Cancelled));
        var records = new List<JsonElement>();
        while (await reader.ReadLineAsync(Cancelled) is { } line)
        {
            records.Add(JsonElement.Parse(line));
        }

        return records;
    }

    public sealed class Fixture() : DeploymentFixture(new DeploymentPlan { Concurrency = 64, RecordsPerShard = 2000 });
}
