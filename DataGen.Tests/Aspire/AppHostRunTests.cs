using System.Text;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using DataGen.Tests.Support;

namespace DataGen.Tests.Aspire;

/// <summary>The product as a developer runs it: Aspire's orchestrator starts the real processes.</summary>
public sealed class AppHostRunTests(RunningAppHost running) : IClassFixture<RunningAppHost>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_admin_signs_in_watches_200_records_to_the_end_and_downloads_them_as_CSV()
    {
        using var api = await ApiClient.SignInAsync(running.Origin, "admin", running.AdminPassword, Cancelled);
        var id = await api.CreateAsync("A customer: full name, e-mail at example.com, age 18-90", 200, Cancelled);
        var ended = await api.UntilAsync(
            id,
            task => task.GetProperty("status").GetString() is not ("queued" or "running"),
            Cancelled,
            seconds: 180
        );
        Assert.Equal(
            ("succeeded", 200, 0),
            (
                ended.GetProperty("status").GetString(),
                ended.GetProperty("completed").GetInt32(),
                ended.GetProperty("failures").GetInt32()
            )
        );

        var csv = Encoding.UTF8.GetString(await api.DownloadAsync(id, "csv", Cancelled)).TrimStart('\uFEFF');
        var lines = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal("full_name,email,age", lines[0]);
        Assert.Equal(201, lines.Length);
        Assert.All(lines[1..], line => Assert.Contains("@example.com", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("runner", 2)]
    [InlineData("tasks", 2)]
    [InlineData("web", 2)]
    [InlineData("gateway", 1)]
    public async Task So_many_processes_of_a_service_run(string name, int processes)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        deadline.CancelAfter(TimeSpan.FromMinutes(2));
        var up = new HashSet<string>();
        await foreach (var change in running.Notifications.WatchAsync(deadline.Token))
        {
            if (change.Resource.Name == name && change.Snapshot.State?.Text == KnownResourceStates.Running)
            {
                up.Add(change.ResourceId);
                if (up.Count == processes)
                {
                    break;
                }
            }
        }

        Assert.Equal(processes, up.Count);
    }

    [Fact]
    public async Task The_command_of_the_dashboard_seeds_a_dataset()
    {
        var result = await running.Commands.ExecuteCommandAsync("gateway", "seed", Cancelled);
        Assert.True(result.Success, result.Message);
        using var api = await ApiClient.SignInAsync(running.Origin, "admin", running.AdminPassword, Cancelled);
        var tasks = (await api.GetAsync("/api/tasks?limit=100", Cancelled)).GetProperty("items").EnumerateArray();
        Assert.Contains(tasks, task => task.GetProperty("count").GetInt32() == 100);
    }

    [Fact]
    public async Task A_command_of_the_dashboard_switches_a_fault_of_the_mock_and_another_resets_it()
    {
        Assert.True((await running.Commands.ExecuteCommandAsync("mock", "slow", Cancelled)).Success);
        Assert.Equal(5000, await LatencyAsync());
        Assert.True((await running.Commands.ExecuteCommandAsync("mock", "reset", Cancelled)).Success);
        Assert.Equal(400, await LatencyAsync());
    }

    private async Task<int> LatencyAsync()
    {
        using var http = running.CreateMockClient();
        using var faults = JsonDocument.Parse(await http.GetStringAsync("/mock/faults", Cancelled));
        return faults.RootElement.GetProperty("inference").GetProperty("latencyMs").GetInt32();
    }
}
