using System.Text.Json;
using DataGen.Contracts;
using Grpc.Core;

namespace DataGen.Tests.Tasks;

/// <summary>A proposal of the model that can be used as it is, or a word of why there is none.</summary>
public sealed class DraftTests
{
    private const string Good = """
        {"schema":{"type":"object","properties":{"text":{"type":"string"},"plan":{"enum":["free","pro"]}},"required":["text","plan"],"additionalProperties":false},
         "samplers":{"plan":{"type":"category","weights":{"free":3,"pro":1}}}}
        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_call_brings_a_schema_and_samplers()
    {
        await using var run = await DefinedRun.StartAsync(call => call.ContentAsync(Good));

        var reply = await DraftAsync(run);

        Assert.Equal((1, 1), (run.Inference.Calls, reply.Calls));
        Assert.Equal((30, 12), (reply.Tokens.Input, reply.Tokens.Output));
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(Good), JsonElement.Parse(reply.Definition)));
        var asked = run.Inference.Asked.Single();
        Assert.Equal(
            "dataset_schema",
            asked.GetProperty("response_format").GetProperty("schema").GetProperty("title").GetString()
        );
        Assert.Equal("A customer: text, plan", asked.GetProperty("messages")[1].GetProperty("content").GetString());

        // What it gave is what a task takes.
        await run.EndAsync(await run.CreateAsync(4, reply.Definition));
    }

    [Fact]
    public async Task What_cannot_be_used_is_corrected()
    {
        await using var run = await DefinedRun.StartAsync(call =>
            call.ContentAsync(
                call.Number == 1 ? Good.Replace("\"free\":3", "\"free\":-3", StringComparison.Ordinal) : Good
            )
        );

        var reply = await DraftAsync(run);

        Assert.Equal((2, 2), (run.Inference.Calls, reply.Calls));
        Assert.NotEmpty(reply.Definition);
        var correction = run.Inference.Asked.Last().GetProperty("messages");
        Assert.Equal(4, correction.GetArrayLength());
        Assert.Contains(
            "samplers.plan.weights",
            correction[3].GetProperty("content").GetString()!,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("I cannot do that.")]
    [InlineData("""{"schema":{"type":"array"}}""")]
    [InlineData("""{"samplers":{}}""")]
    [InlineData("""{"schema":{"type":"object","properties":{"a":{"type":"string","pattern":"(?=a)"}}}}""")]
    public async Task Nonsense_ends_after_three_calls_with_a_reason(string answer)
    {
        await using var run = await DefinedRun.StartAsync(call => call.ContentAsync(answer));

        var reply = await DraftAsync(run);

        Assert.Equal((3, 3), (run.Inference.Calls, reply.Calls));
        Assert.StartsWith("The model gave no definition that can be used. ", reply.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_of_the_server_is_in_no_draft()
    {
        await using var run = await DefinedRun.StartAsync(call =>
            call.ContentAsync(
                Good.Replace(
                    "\"text\":{",
                    $"\"text\":{{\"description\":\"use {DefinedRun.Key}\",",
                    StringComparison.Ordinal
                )
            )
        );

        var reply = await DraftAsync(run);

        Assert.DoesNotContain(DefinedRun.Key, reply.ToString(), StringComparison.Ordinal);
        Assert.Contains("API key", reply.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, "500")]
    [InlineData(429, "429")]
    [InlineData(401, "401")]
    public async Task A_fault_of_the_server_is_told_and_not_waited_for(int status, string told)
    {
        await using var run = await DefinedRun.StartAsync(call => call.FailAsync(status));

        var reply = await DraftAsync(run);

        Assert.Equal(1, run.Inference.Calls);
        Assert.Contains(told, reply.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prompt_that_says_nothing_is_refused()
    {
        await using var run = await DefinedRun.StartAsync(call => call.ContentAsync(Good));

        var refused = await Assert.ThrowsAsync<RpcException>(() => DraftAsync(run, " "));

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Equal(0, run.Inference.Calls);
    }

    private static async Task<DraftReply> DraftAsync(DefinedRun run, string prompt = "A customer: text, plan") =>
        await run.Tasks.Client.DraftAsync(
            new DraftRequest { Prompt = prompt },
            run.Tasks.As("ada"),
            cancellationToken: Cancelled
        );
}
