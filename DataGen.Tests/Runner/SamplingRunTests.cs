using System.Text.Json;
using DataGen.Definition;

namespace DataGen.Tests.Runner;

/// <summary>The Runner with values that are drawn for its records.</summary>
public sealed class SamplingRunTests
{
    private const string Weighted = """
        {"seed":1,"samplers":{"plan":{"type":"category","weights":{"free":70,"pro":20,"enterprise":10}}}}
        """;

    [Fact]
    public async Task The_distribution_is_exact_whatever_the_model_gets_wrong()
    {
        await using var inference = await FakeInferenceServer.StartAsync(call =>
        {
            var kind = (call.Index + call.Attempt) % 10;
            return kind switch
            {
                0 => call.FailAsync(500),
                1 or 2 when call.Attempt == 1 => call.ContentAsync("""{"plan":"whatever the model feels like"}"""),
                3 => call.ContentAsync($$"""{"plan":"{{PlanOf(call)}}","text":"repeated"}"""),
                _ => call.ContentAsync("""{"text":"left out"}"""),
            };
        });
        await using var host = await RunnerHost.StartAsync(inference);
        var request = RunnerHost.Request(200, "A review by a {{plan}} customer");
        request.Spec.Sampling = Weighted;

        var run = await host.RunToEndAsync(request);

        Assert.Equal(Enumerable.Range(0, 200), run.Indices);
        var plans = run.Ended.Select(record => JsonElement.Parse(record.Data.Span).GetProperty("plan").GetString());
        Assert.Equal(
            [("enterprise", 20), ("free", 140), ("pro", 40)],
            plans.GroupBy(plan => plan!).Select(group => (group.Key, group.Count())).Order()
        );
        var sampling = Sampling.Read(request.Spec.Prompt, 200, Weighted).Sampling!;
        Assert.All(
            run.Ended,
            record =>
                Assert.Equal(
                    sampling.At(record.Index)["plan"]!.ToString(),
                    JsonElement.Parse(record.Data.Span).GetProperty("plan").GetString()
                )
        );
        Assert.Contains(
            run.Retrying,
            failed => failed.Reason == "The record's plan is another value than the one that was drawn for it."
        );
    }

    [Fact]
    public async Task Wrong_samplers_are_refused()
    {
        await using var inference = await FakeInferenceServer.StartAsync(call => call.RecordAsync());
        await using var host = await RunnerHost.StartAsync(inference);
        var request = RunnerHost.Request(1);
        request.Spec.Sampling = """{"samplers":{"plan":{"type":"dice"}}}""";

        var refused = await Assert.ThrowsAsync<Grpc.Core.RpcException>(() => host.RunToEndAsync(request));

        Assert.Equal(Grpc.Core.StatusCode.InvalidArgument, refused.StatusCode);
        Assert.StartsWith(
            "spec.sampling: samplers.plan.type has to be one of",
            refused.Status.Detail,
            StringComparison.Ordinal
        );
    }

    // The model repeats what the prompt's line told it.
    private static string PlanOf(FakeCall call)
    {
        var prompt = call.Body.GetProperty("messages")[1].GetProperty("content").GetString()!;
        var line = prompt.Split('\n').Single(line => line.StartsWith(Sampling.ValuesLine, StringComparison.Ordinal));
        return JsonElement.Parse(line[Sampling.ValuesLine.Length..]).GetProperty("plan").GetString()!;
    }
}
