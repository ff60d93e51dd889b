using System.Diagnostics;
using DataGen.Runner.V1;
using Grpc.Core;

namespace DataGen.Tests.Runner;

public sealed class RunTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_record_is_made_with_exactly_one_successful_call()
    {
        await using var inference = await FakeInferenceServer.StartAsync(TimeSpan.FromMilliseconds(2));
        await using var host = await RunnerHost.StartAsync(inference);

        var run = await host.RunToEndAsync(RunnerHost.Request(500));

        Assert.Equal(Enumerable.Range(0, 500), run.Indices);
        Assert.All(run.Ended, result => Assert.Equal($$"""{"id":{{result.Index}},"name":"Ana Díaz"}""", RunSummary.Json(result)));
        Assert.All(run.Ended, result => Assert.Equal((1, 30, 12), (result.Attempts, result.InputTokens, result.OutputTokens)));
        Assert.Equal(500, inference.Calls);
        Assert.Equal(500, run.Started.Count);
        Assert.Empty(run.Retrying);
        Assert.Empty(run.Waiting);
        Assert.True(run.Updates < 250, $"{run.Updates} messages for 500 records");
    }

    [Fact]
    public async Task Only_the_indices_of_the_ranges_are_made()
    {
        await using var inference = await FakeInferenceServer.StartAsync(TimeSpan.Zero);
        await using var host = await RunnerHost.StartAsync(inference);
        var request = RunnerHost.Request(100);
        request.Ranges.Clear();
        request.Ranges.Add([new IndexRange { First = 3, Last = 3 }, new IndexRange { First = 7, Last = 9 }, new IndexRange { First = 99, Last = 99 }]);

        var run = await host.RunToEndAsync(request);

        Assert.Equal([3, 7, 8, 9, 99], run.Indices);
        Assert.Equal([3, 7, 8, 9, 99], inference.CallsByIndex.Keys.Order());
    }
}
