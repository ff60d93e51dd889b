using System.Text.Json;
using DataGen.Contracts;
using DataGen.Tests.Mock;

namespace DataGen.Tests.Runner;

/// <summary>The real Runner against the mock's inference with switches set, in both of its dialects at a
/// time.</summary>
internal static class FaultyServer
{
    public const string Node = "/create_chat_completion";
    public const string OpenAi = "/v1/chat/completions";

    public const string TooMany = "The inference server limits the rate of calls (429).";
    public const string RateLimited = "The inference server limits the rate of calls (rate_limited).";

    /// <summary>A record holds objects, so that one of them can be mistaken for it.</summary>
    public const string Prompt = "A customer: id, name, orders (1 order, each with sku and price)";

    /// <summary>Makes records one after another, with two attempts for each, and checks that every attempt was one call
    /// at the mock.</summary>
    public static async Task<RunSummary> RunAsync(
        string path,
        string switches,
        int records,
        int calls,
        params (string Name, string Value)[] settings
    )
    {
        await using var mock = await RunningMock.StartAsync(("MOCK_SEED", "1"));
        await mock.SwitchAsync($$"""{"inference":{{switches}}}""");
        await using var host = await RunnerHost.StartAsync(
            mock.Http.BaseAddress!.AbsoluteUri,
            null,
            [
                ("DATAGEN_INFERENCE_PATH", path),
                ("DATAGEN_INFERENCE_MODEL", "m"),
                ("DATAGEN_MAX_ATTEMPTS", "2"),
                .. settings,
            ]
        );
        var request = RunnerHost.Request(records, Prompt);
        request.Spec.Concurrency = 1;

        var run = await host.RunToEndAsync(request);

        Assert.Equal(
            (calls, calls),
            (run.Started.Count, (await mock.StatsAsync("inference")).GetProperty("requested").GetInt32())
        );
        return run;
    }

    /// <summary>Does the same for a node and for an OpenAI server; the texts are what each of them is to say.</summary>
    public static Task OnBothAsync(string node, string openAi, Func<string, string, Task> test) =>
        Task.WhenAll(test(Node, node), test(OpenAi, openAi));

    /// <summary>So many good and failed records, and no failed attempt with another sentence than this; none: no
    /// attempt failed.</summary>
    public static void AssertOutcome(RunSummary run, int good, int failed, string sentence)
    {
        Assert.Null(run.Fatal);
        AssertRecords(run, good, failed);
        Assert.Equal(run.Started.Count, run.Ended.Sum(record => record.Attempts));
        var sentences = run
            .Retrying.Select(attempt => attempt.Reason)
            .Concat(run.Ended.Where(IsFailed).Select(record => record.Error));
        Assert.Equal(sentence.Length == 0 ? [] : [sentence], sentences.Distinct());
    }

    /// <summary>So many good and failed records, each index once and each good record whole.</summary>
    public static void AssertRecords(RunSummary run, int good, int failed)
    {
        Assert.Equal(Enumerable.Range(0, good + failed), run.Indices);
        Assert.Equal(failed, run.Ended.Count(IsFailed));
        foreach (var record in run.Ended.Where(record => !IsFailed(record)))
        {
            Assert.Equal(
                ["id", "name", "orders"],
                JsonElement.Parse(record.Data.Span).EnumerateObject().Select(member => member.Name)
            );
        }
    }

    private static bool IsFailed(GeneratedRecord record) => record.HasError;
}
