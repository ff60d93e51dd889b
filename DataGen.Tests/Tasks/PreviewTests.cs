using System.Text.Json;
using DataGen.Contracts;
using Grpc.Core;

namespace DataGen.Tests.Tasks;

/// <summary>A few records made as a task would make them, and what they say of the cost of all.</summary>
public sealed class PreviewTests
{
    private const string Weighted = """
        {"seed":7,"samplers":{"plan":{"type":"category","weights":{"free":70,"pro":20,"enterprise":10}}}}
        """;

    private const string Aged = """
        {"schema":{"type":"object","properties":{"email":{"type":"string"},"age":{"type":"integer","minimum":18,"maximum":90}},"required":["email","age"]},
         "unique":[["email"]],"rules":[["age","!=",30]]}
        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_makes_one_call_a_record_spread_over_the_plan_and_stores_nothing()
    {
        await using var run = await DefinedRun.StartAsync(call => call.ContentAsync("""{"text":"a"}"""));
        var stored = run.Store.Log.Count;

        var reply = await PreviewAsync(run, 1000, Weighted, 5);

        Assert.Equal(5, run.Inference.Calls);
        Assert.Equal([0, 200, 400, 600, 800], reply.Records.Select(record => record.Record.Index));
        var sampling = DataGen.Definition.Sampling.Read(Prompt, 1000, Weighted).Sampling!;
        Assert.All(
            reply.Records,
            record =>
            {
                var drawn = sampling.At(record.Record.Index).ToJsonString();
                Assert.Equal(drawn, record.Sampled);
                Assert.Equal(["system", "user"], record.Messages.Select(message => message.Role));
                Assert.Contains(drawn, record.Messages[1].Text, StringComparison.Ordinal);
                var data = JsonElement.Parse(record.Record.Data.Span);
                Assert.Equal(
                    JsonElement.Parse(drawn).GetProperty("plan").GetString(),
                    data.GetProperty("plan").GetString()
                );
                Assert.Empty(record.Rejections);
            }
        );
        Assert.Equal("json_object", reply.ResponseFormat);
        var list = await run.Tasks.Client.ListAsync(
            new ListTasksRequest(),
            run.Tasks.As("ada"),
            cancellationToken: Cancelled
        );
        Assert.Equal(0, list.Total);
        Assert.Equal(stored, run.Store.Log.Count);
    }

    [Fact]
    public async Task What_was_rejected_is_told_with_its_reason_and_what_was_sent_to_mend_it()
    {
        await using var run = await DefinedRun.StartAsync(call =>
            call.ContentAsync(
                call.Attempt switch
                {
                    1 => $$"""{"email":"{{call.Index}}@a.b","age":141}""",
                    2 => $$"""{"email":"{{call.Index}}@a.b","age":30}""",
                    3 => """{"email":"same@a.b","age":31}""",
                    _ => $$"""{"email":"{{call.Index}}@a.b","age":31}""",
                }
            )
        );

        var reply = await PreviewAsync(run, 100, Aged, 3);

        Assert.All(reply.Records, record => Assert.True(record.Record.HasData, record.Record.Error));
        Assert.Equal(3 + 3 + 3 + 2, run.Inference.Calls);
        var kinds = reply.Records.Select(record => record.Rejections.Select(rejection => rejection.Kind).ToArray());
        Assert.Equal(
            2,
            kinds.Count(told =>
                told.SequenceEqual([RejectionKind.Invalid, RejectionKind.Rule, RejectionKind.Duplicate])
            )
        );
        Assert.Contains(kinds, told => told.SequenceEqual([RejectionKind.Invalid, RejectionKind.Rule]));
        var corrected = reply.Records.First(record => record.Rejections.Count == 3);
        Assert.Contains("/age", corrected.Rejections[0].Message, StringComparison.Ordinal);
        Assert.Contains("the same as in record", corrected.Rejections[2].Message, StringComparison.Ordinal);
        Assert.InRange(reply.Estimate.Calls.Low, 100, 367);
        Assert.InRange(reply.Estimate.Calls.High, 367, 3000);
    }

    [Fact]
    public async Task It_is_told_while_it_is_made()
    {
        // Each step waits until the one before it has been told.
        var (mayMend, mayEnd) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var run = await DefinedRun.StartAsync(async call =>
        {
            var before =
                call.Index > 0 ? mayEnd.Task
                : call.Attempt > 1 ? mayMend.Task
                : Task.CompletedTask;
            await before.WaitAsync(TimeSpan.FromSeconds(30), Cancelled);

            await call.ContentAsync($$"""{"email":"{{call.Index}}@a.b","age":{{(call.Attempt == 1 ? 141 : 31)}}}""");
        });
        using var call = run.Tasks.Client.WatchPreview(
            Asked(100, Aged, 3),
            run.Tasks.As("ada"),
            cancellationToken: Cancelled
        );
        var told = new List<PreviewReply>();

        await foreach (var now in call.ResponseStream.ReadAllAsync(Cancelled))
        {
            told.Add(now);
            if (now.Records[0].Rejections.Count > 0)
            {
                mayMend.TrySetResult();
            }

            if (now.Records[0].Record.HasData)
            {
                mayEnd.TrySetResult();
            }
        }

        Assert.All(told[0].Records, record => Assert.False(record.Record.HasData || record.Record.HasError));
        Assert.Equal([0, 33, 66], told[0].Records.Select(record => record.Record.Index));
        Assert.Contains(told, now => !now.Records[0].Record.HasData && now.Records[0].Rejections.Count == 1);
        Assert.Contains(told, now => now.Records[0].Record.HasData && !now.Records[2].Record.HasData);
        Assert.All(told.SkipLast(1), now => Assert.Null(now.Estimate));
        Assert.All(told[^1].Records, record => Assert.True(record.Record.HasData));
        Assert.NotNull(told[^1].Estimate);
    }

    [Fact]
    public async Task A_model_that_never_gives_one_ends_at_its_calls_and_has_no_estimate()
    {
        await using var run = await DefinedRun.StartAsync(call => call.ContentAsync("""{"age":141}"""));

        var reply = await PreviewAsync(run, 10, Aged, 2);

        Assert.Equal(20, run.Inference.Calls);
        Assert.Null(reply.Estimate);
        Assert.All(
            reply.Records,
            record => Assert.Equal("It was not made within the preview's 20 calls.", record.Record.Error)
        );
        Assert.Equal(20, reply.Records.Sum(record => record.Rejections.Count));
    }

    [Fact]
    public async Task A_server_that_refuses_the_key_is_told_for_each_record()
    {
        await using var run = await DefinedRun.StartAsync(call => call.FailAsync(401));

        var reply = await PreviewAsync(run, 10, "", 5);

        Assert.All(reply.Records, record => Assert.Contains("(401)", record.Record.Error, StringComparison.Ordinal));
        Assert.Null(reply.Estimate);
    }

    [Theory]
    [InlineData(0, "", "records")]
    [InlineData(11, "", "records")]
    [InlineData(5, """{"samplers":{"plan":{"type":"category","weights":{}}}}""", "samplers.plan.weights")]
    [InlineData(5, """{"schema":{"type":"array"}}""", "schema")] // two mistakes of one member
    [InlineData(
        5,
        """{"unique":[["kind"]],"schema":{"type":"object","properties":{"kind":{"enum":["a","b"]}}}}""",
        "unique[0]"
    )]
    public async Task What_cannot_be_is_refused_by_its_name_without_a_call(int records, string sampling, string field)
    {
        await using var run = await DefinedRun.StartAsync(call => call.RecordAsync());

        var refused = await Assert.ThrowsAsync<RpcException>(() => PreviewAsync(run, 100, sampling, records));

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Contains(field, refused.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(0, run.Inference.Calls);
    }

    /// <summary>A third of the answers are invalid, and no answer costs what another does.</summary>
    [Fact]
    public async Task The_estimate_holds_the_real_cost_nearly_always()
    {
        const int Runs = 20;
        const int Count = 150;
        var round = 0;
        await using var run = await DefinedRun.StartAsync(
            call =>
            {
                var chance = new Random(HashCode.Combine(Volatile.Read(ref round), call.Index, call.Attempt));
                var age = chance.Next(3) == 0 ? 141 : 31;
                return call.ContentAsync(
                    $$"""{"email":"{{call.Index}}@{{call.Attempt}}.b","age":{{age}}}""",
                    tokens: (chance.Next(200, 300), chance.Next(20, 200))
                );
            },
            ("DATAGEN_PRICE_INPUT_PER_MTOK", "1"),
            ("DATAGEN_PRICE_OUTPUT_PER_MTOK", "4"),
            ("DATAGEN_TASKS_PER_MINUTE", "1000")
        );
        var held = (Calls: 0, Tokens: 0, Cost: 0);
        for (; round < Runs; round++)
        {
            var estimate = (await PreviewAsync(run, Count, Aged, 5)).Estimate;

            var task = await run.EndAsync(await run.CreateAsync(Count, Aged));
            held.Calls += Holds(estimate.Calls, task.Calls) ? 1 : 0;
            held.Tokens +=
                Holds(estimate.InputTokens, task.Spent.Input) && Holds(estimate.OutputTokens, task.Spent.Output)
                    ? 1
                    : 0;
            held.Cost += Holds(estimate.Cost, task.Cost) ? 1 : 0;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"Of {Runs} estimates held: {held}");
        Assert.InRange(held.Calls, 18, Runs);
        Assert.InRange(held.Tokens, 18, Runs);
        Assert.InRange(held.Cost, 18, Runs);
    }

    private static bool Holds(EstimatedRange range, double value) => range.Low <= value && value <= range.High;

    private const string Prompt = "A customer: email, name";

    private static async Task<PreviewReply> PreviewAsync(DefinedRun run, int count, string sampling, int records) =>
        await run.Tasks.Client.PreviewAsync(
            Asked(count, sampling, records),
            run.Tasks.As("ada"),
            cancellationToken: Cancelled
        );

    private static PreviewRequest Asked(int count, string sampling, int records) =>
        new()
        {
            Spec = new GenerationSpec
            {
                Prompt = Prompt,
                Count = count,
                Sampling = sampling,
            },
            Records = records,
        };
}
