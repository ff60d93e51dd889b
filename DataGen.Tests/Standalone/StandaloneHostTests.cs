using System.Text.Json;
using DataGen.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace DataGen.Tests.Standalone;

/// <summary>The product as a newcomer runs it: one process, started from its own files, and killed.</summary>
public sealed class StandaloneHostTests
{
    private const string Prompt =
        "A customer of an online book shop: full name, e-mail at example.com, age 18-90, country, favourite genre, loyalty points";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_in_mid_task_and_started_again_it_finishes_the_task_with_every_index_once_and_exact_metrics()
    {
        using var folder = new TemporaryFolder();
        string password,
            done,
            killed;
        await using (var first = await HostProcess.StartAsync(folder.Path, Cancelled))
        {
            password = first.NewPassword();
            using var api = await ApiClient.SignInAsync(first.Origin, "admin", password, Cancelled);
            done = await api.CreateAsync(Prompt, 20, Cancelled);
            await api.EndAsync(done, Cancelled);
            killed = await api.CreateAsync(Prompt, 200, Cancelled);
            await api.UntilAsync(killed, task => task.GetProperty("completed").GetInt32() >= 40, Cancelled);
            await first.KillAsync();
        }

        for (var round = 0; round < 2; round++)
        {
            await using var again = await HostProcess.StartAsync(folder.Path, Cancelled);
            using var api = await ApiClient.SignInAsync(again.Origin, "admin", password, Cancelled);
            await api.UntilAsync(
                killed,
                task => task.GetProperty("completed").GetInt32() >= 80 + (round * 40),
                Cancelled
            );
            await again.KillAsync();
        }

        await using var last = await HostProcess.StartAsync(folder.Path, Cancelled);
        Assert.Contains("as before", last.Output, StringComparison.Ordinal);
        using var client = await ApiClient.SignInAsync(last.Origin, "admin", password, Cancelled);
        var ended = await client.EndAsync(killed, Cancelled);
        Assert.Equal(
            ("succeeded", 200, 0),
            (
                ended.GetProperty("status").GetString(),
                ended.GetProperty("completed").GetInt32(),
                ended.GetProperty("failures").GetInt32()
            )
        );

        var records = await client.GetAsync($"/api/tasks/{killed}/records?limit=1000", Cancelled);
        Assert.Equal(
            Enumerable.Range(0, 200),
            records.GetProperty("items").EnumerateArray().Select(record => record.GetProperty("index").GetInt32())
        );
        Assert.Equal(
            200,
            JsonDocument.Parse(await client.DownloadAsync(killed, "json", Cancelled)).RootElement.GetArrayLength()
        );
        Assert.Equal(
            20,
            JsonDocument.Parse(await client.DownloadAsync(done, "json", Cancelled)).RootElement.GetArrayLength()
        );
        await AssertMetricsAreTheFoldAsync(client);
        Assert.InRange(await last.InterruptAsync(Cancelled), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal(0, last.ExitCode);
    }

    [Fact]
    public async Task Interrupted_in_mid_task_it_ends_within_five_seconds_and_goes_on_after_the_next_start()
    {
        await using var mock = await StartMockAsync(latencyMs: 400);
        using var folder = new TemporaryFolder();
        var settings = new (string, string?)[]
        {
            ("DATAGEN_INFERENCE_BASE_URL", mock.Urls.Single()),
            ("EE_CHAINSTORE_API_URL", mock.Urls.Single()),
        };
        string password,
            id;
        await using (var first = await HostProcess.StartAsync(folder.Path, Cancelled, settings))
        {
            password = first.NewPassword();
            using var api = await ApiClient.SignInAsync(first.Origin, "admin", password, Cancelled);
            id = await api.CreateAsync(Prompt, 200, Cancelled);
            await api.UntilAsync(id, task => task.GetProperty("completed").GetInt32() >= 32, Cancelled);
            Assert.InRange(await first.InterruptAsync(Cancelled), TimeSpan.Zero, TimeSpan.FromSeconds(5));
            Assert.Equal(0, first.ExitCode);
        }

        await using var again = await HostProcess.StartAsync(folder.Path, Cancelled, settings);
        using var client = await ApiClient.SignInAsync(again.Origin, "admin", password, Cancelled);
        var ended = await client.EndAsync(id, Cancelled);
        Assert.Equal(
            ("succeeded", 200, 0),
            (
                ended.GetProperty("status").GetString(),
                ended.GetProperty("completed").GetInt32(),
                ended.GetProperty("failures").GetInt32()
            )
        );
        Assert.InRange(await SucceededCallsAsync(mock), 200, 200 + 32);
        await AssertMetricsAreTheFoldAsync(client);
    }

    [Fact]
    public async Task As_many_successful_calls_reach_the_inference_server_as_records_were_asked_for()
    {
        await using var mock = await StartMockAsync(latencyMs: 20);
        using var folder = new TemporaryFolder();
        await using var host = await HostProcess.StartAsync(
            folder.Path,
            Cancelled,
            ("DATAGEN_INFERENCE_BASE_URL", mock.Urls.Single()),
            ("EE_CHAINSTORE_API_URL", mock.Urls.Single())
        );
        using var api = await ApiClient.SignInAsync(host.Origin, "admin", host.NewPassword(), Cancelled);
        var id = await api.CreateAsync(Prompt, 200, Cancelled);
        await api.EndAsync(id, Cancelled);

        Assert.Equal(200, await SucceededCallsAsync(mock));
        await AssertMetricsAreTheFoldAsync(api);
    }

    private static async Task<WebApplication> StartMockAsync(int latencyMs)
    {
        var mock = DataGen.Mock.Program.Build(
            new WebApplicationOptions { ApplicationName = "DataGen.Mock" },
            builder =>
                builder.Configuration.AddInMemoryCollection(
                    new Dictionary<string, string?>
                    {
                        ["Kestrel:Endpoints:http:Url"] = "http://127.0.0.1:0",
                        ["MOCK_INFERENCE_LATENCY_MS"] = $"{latencyMs}",
                        ["Logging:LogLevel:Default"] = "Warning",
                    }
                )
        );
        await mock.StartAsync(Cancelled);
        return mock;
    }

    private static async Task<int> SucceededCallsAsync(WebApplication mock)
    {
        using var http = new HttpClient { BaseAddress = new Uri(mock.Urls.Single()) };
        using var stats = JsonDocument.Parse(await http.GetStringAsync("/mock/stats", Cancelled));
        return stats.RootElement.GetProperty("inference").GetProperty("succeeded").GetInt32();
    }

    private static async Task AssertMetricsAreTheFoldAsync(ApiClient api)
    {
        var tasks = (await api.GetAsync("/api/tasks?limit=100", Cancelled))
            .GetProperty("items")
            .EnumerateArray()
            .ToArray();
        var expected = (
            tasks.Length,
            tasks.Sum(task => task.GetProperty("count").GetInt32()),
            tasks.Sum(task => task.GetProperty("completed").GetInt32() - task.GetProperty("failures").GetInt32()),
            tasks.Count(task => task.GetProperty("status").GetString() is "queued" or "running"),
            tasks.Count(task => task.GetProperty("status").GetString() == "failed")
        );
        var metrics = await api.GetAsync("/api/metrics", Cancelled);
        int Counter(string name) => metrics.GetProperty(name).GetInt32();
        Assert.Equal(
            expected,
            (
                Counter("totalJobs"),
                Counter("totalRecordsRequested"),
                Counter("totalRecordsGenerated"),
                Counter("activeJobs"),
                Counter("failedJobs")
            )
        );
    }
}
