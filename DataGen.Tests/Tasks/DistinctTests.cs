using System.Text.Json;
using DataGen.Contracts;
using DataGen.Tests.Runner;
using Grpc.Core;

namespace DataGen.Tests.Tasks;

/// <summary>As many records as were asked for that differ, with no call too many, whatever dies.</summary>
public sealed class DistinctTests
{
    private const string Emails = """
        {"unique":[["email"]],
         "schema":{"type":"object","properties":{"email":{"type":"string"}},"required":["email"],"additionalProperties":false}}
        """;

    private const string Invalid = """{"mail":"none"}""";

    /// <summary>Of each ten answers two are not valid, three repeat the first fresh one (not valid in the first ten),
    /// five are fresh.</summary>
    [Theory]
    [InlineData(500, 1)]
    [InlineData(500, 8)]
    [InlineData(500, 64)]
    [InlineData(5000, null)]
    public async Task Every_call_brings_a_record_or_a_rejection(int count, int? concurrency)
    {
        await using var run = await DefinedRun.StartAsync(Answer);

        var id = await run.CreateAsync(count, Emails, concurrency);

        var task = await run.EndAsync(id);
        Assert.Equal(GenerationTaskStatus.Succeeded, task.Status);
        Assert.Equal((count, 0), (task.Completed, task.Failures));
        Assert.Equal(count, (await run.GoodAsync(id)).Select(EmailOf).Distinct().Count());
        Assert.Equal(2 * count, run.Inference.Calls);
        Assert.Equal(2 * count, task.Calls);
        Assert.Equal(count, task.Rejected.Invalid + task.Rejected.Duplicate);
    }

    [Fact]
    public async Task The_model_is_told_which_record_it_repeats()
    {
        await using var run = await DefinedRun.StartAsync(call =>
            call.ContentAsync(call.Number <= 2 ? """{"email":" A@b.c"}""" : Fresh(call.Number))
        );

        var id = await run.CreateAsync(2, Emails, concurrency: 1);

        await run.EndAsync(id);
        Assert.Equal(3, run.Inference.Calls);
        var last = run.Inference.Asked.Last().GetProperty("messages");
        Assert.Equal(4, last.GetArrayLength());
        Assert.Equal("""{"email":" A@b.c"}""", last[2].GetProperty("content").GetString());
        Assert.Equal(
            """
            This record is not right:
            - email: the same as in record 1, and no two records may agree there. Take another value.
            Answer with the whole record once more, corrected.
            """,
            last[3].GetProperty("content").GetString()
        );
    }

    [Fact]
    public async Task A_model_that_repeats_itself_for_ever_is_stopped_by_the_budget()
    {
        await using var run = await DefinedRun.StartAsync(call => call.ContentAsync("""{"email":"a@b.c"}"""));

        var id = await run.CreateAsync(50, Emails);

        var task = await run.EndAsync(id);
        Assert.Equal((GenerationTaskStatus.Cancelled, "budget"), (task.Status, task.StoppedBy));
        Assert.Single(await run.GoodAsync(id));
        Assert.InRange(run.Inference.Calls, 250, 300);
        Assert.Equal(run.Inference.Calls - 1, task.Rejected.Duplicate);
    }

    [Fact]
    public async Task A_record_that_cannot_be_made_to_differ_fails_with_its_reason()
    {
        await using var run = await DefinedRun.StartAsync(call =>
            call.ContentAsync(call.Index == 0 ? """{"email":"a@b.c"}""" : """{"email":"A@B.C "}""")
        );

        var id = await run.CreateAsync(2, $"{Emails.TrimEnd().TrimEnd('}')}}},\"budget\":{{\"calls\":200}}}}", 1);

        var task = await run.EndAsync(id);
        Assert.Equal((GenerationTaskStatus.Succeeded, 1), (task.Status, task.Failures));
        Assert.Equal(51, run.Inference.Calls);
        var failed = (await run.Tasks.RecordsAsync(id)).Single(record => !record.HasData);
        Assert.StartsWith("The record is not what was asked for. email: the same as in record", failed.Error);
        Assert.Equal((50, 50), (failed.Attempts, failed.Rejected));
        Assert.Contains("b.c", failed.Answer, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_cannot_be_made_to_differ_is_refused_before_any_call()
    {
        await using var run = await DefinedRun.StartAsync(call => call.RecordAsync());

        var refused = await Assert.ThrowsAsync<RpcException>(() =>
            run.CreateAsync(
                13,
                """
                {"unique":[["size","color"]],"schema":{"type":"object","properties":{
                 "size":{"enum":["s","m","l"]},"color":{"enum":["red","green","blue","black"]}}}}
                """
            )
        );

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Contains(
            "an be kept by 12 records at most, which differ in size and color; 13 are asked for.",
            refused.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(0, run.Inference.Calls);
    }

    [Fact]
    public async Task After_three_deaths_all_records_differ_and_the_distribution_is_exact()
    {
        const string sampling = """
            {"seed":7,"unique":[["email"]],"schema":{"type":"object","properties":{"email":{"type":"string"}},"required":["email"]},
             "samplers":{"plan":{"type":"category","weights":{"free":70,"pro":20,"enterprise":10}}},
             "budget":{"calls":40000}}
            """;
        await using var run = await DefinedRun.StartAsync(async call =>
        {
            await Task.Delay(5, call.Aborted);
            await Answer(call);
        });
        var id = await run.CreateAsync(5000, sampling);
        for (var death = 1; death <= 3; death++)
        {
            var segments = $"datagen:task:{id}:segments";
            var before = run.Store.PeekAll(segments).Count;
            await Eventually.TrueAsync(() => run.Store.PeekAll(segments).Count > before);

            // Some of the last writes have not happened.
            await run.DieAsync(lost: death);
        }

        var task = await run.EndAsync(id);

        Assert.Equal((GenerationTaskStatus.Succeeded, 5000, 0), (task.Status, task.Completed, task.Failures));
        var records = (await run.GoodAsync(id)).Select(record => JsonElement.Parse(record)).ToList();
        Assert.Equal(
            5000,
            records
                .Select(record => record.TryGetProperty("email", out var mail) ? mail.GetString() : null)
                .Distinct()
                .Count()
        );
        Assert.Equal(
            [("enterprise", 500), ("free", 3500), ("pro", 1000)],
            records
                .GroupBy(record => record.GetProperty("plan").GetString()!)
                .Select(plan => (plan.Key, plan.Count()))
                .Order()
        );
    }

    [Fact]
    public async Task Stored_records_that_repeat_others_are_made_again()
    {
        await using var run = await DefinedRun.StartAsync(call =>
            call.ContentAsync(call.Number <= 20 ? """{"email":"a@b.c"}""" : Fresh(call.Number))
        );
        var id = await run.CreateAsync(20, "");
        await run.EndAsync(id);

        // As if two grains had let them pass, in a task that had not ended yet.
        var key = $"datagen:task:{id}";
        var ended = run.Store.Peek(key)!;
        await run.Store.HashSetAsync("datagen:tasks:active", id, "\"ada\"", TestContext.Current.CancellationToken);
        await run.Store.SetAsync(
            key,
            ended
                .Replace("\"status\":\"succeeded\"", "\"status\":\"running\"", StringComparison.Ordinal)
                .Replace("\"prompt\"", "\"sampling\":\"{\\\"unique\\\":true}\",\"prompt\"", StringComparison.Ordinal),
            TestContext.Current.CancellationToken
        );
        await run.DieAsync();

        var task = await run.EndAsync(id);

        Assert.Equal((GenerationTaskStatus.Succeeded, 20, 0), (task.Status, task.Completed, task.Failures));
        var good = await run.GoodAsync(id);
        Assert.Equal(20, good.Distinct().Count());
        Assert.Equal(39, run.Inference.Calls);
        Assert.Equal(19, task.Rejected.Duplicate);
        Assert.Equal(good.Sum(record => record.Length), task.DataBytes);
        var exported = await run.Tasks.ExportAsync(id, ExportFormat.Jsonl);
        Assert.Equal(
            good,
            System.Text.Encoding.UTF8.GetString(exported).Split('\n', StringSplitOptions.RemoveEmptyEntries)
        );
    }

    /// <summary>A third of the texts are another's with a word changed; all have half of their words in
    /// common.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task No_two_texts_are_nearly_alike(int deaths)
    {
        await using var run = await DefinedRun.StartAsync(async call =>
        {
            await Task.Delay(deaths == 0 ? 0 : 10, call.Aborted);
            var like = call.Number % 3 == 0 ? call.Number / 2 : call.Number;
            await call.ContentAsync(
                JsonSerializer.Serialize(
                    new { text = $"{Review(like)} Marked as {(like == call.Number ? "new" : "old")}." }
                )
            );
        });
        var id = await run.CreateAsync(600, """{"near":{"field":"text","similarity":0.8}}""", 16);
        for (var death = 1; death <= deaths; death++)
        {
            var calls = run.Inference.Calls;
            await Eventually.TrueAsync(() => run.Inference.Calls > calls + 100);
            await run.DieAsync(lost: 1);
        }

        var task = await run.EndAsync(id);

        Assert.Equal((GenerationTaskStatus.Succeeded, 600, 0), (task.Status, task.Completed, task.Failures));
        Assert.InRange(task.Rejected.Near, deaths == 0 ? 100 : 20, 500);
        Assert.Equal(0, task.Rejected.Duplicate);

        // By the sets themselves. A sketch of 40 values is wrong by 0.06 on average.
        var runs = (await run.GoodAsync(id))
            .Select(record => JsonElement.Parse(record).GetProperty("text").GetString()!)
            .Select(text => Enumerable.Range(0, text.Length - 4).Select(at => text.Substring(at, 5)).ToHashSet())
            .ToList();
        var likest = runs.SelectMany((one, number) => runs.Skip(number + 1).Select(other => Likeness(one, other)))
            .Max();
        Assert.InRange(likest, 0.2, 0.95);
        if (deaths == 0)
        {
            Assert.Equal(600 + task.Rejected.Near, run.Inference.Calls);
            Assert.Contains(
                run.Inference.Asked,
                asked =>
                    asked.GetProperty("messages") is var messages
                    && messages.GetArrayLength() == 4
                    && messages[3]
                        .GetProperty("content")
                        .GetString()!
                        .Contains("- text: nearly the same as in record ", StringComparison.Ordinal)
            );
        }

        static double Likeness(HashSet<string> one, HashSet<string> other)
        {
            var common = one.Count(other.Contains);
            return (double)common / (one.Count + other.Count - common);
        }

        static string Review(int number)
        {
            var random = new Random(number);
            string[] things = ["saddle", "brake", "wheel", "chain", "lamp", "bell", "pedal", "frame", "tyre", "lock"];
            string[] verdicts = ["squeaks", "shines", "broke", "lasts", "rusts", "fits", "wobbles", "sings"];
            return string.Join(
                ' ',
                Enumerable
                    .Range(0, 8)
                    .Select(_ =>
                        $"The {things[random.Next(things.Length)]} {verdicts[random.Next(verdicts.Length)]} after {random.Next(1000)} days."
                    )
            );
        }
    }

    [Fact]
    public async Task Seventy_of_a_hundred_answers_may_be_invalid()
    {
        await using var run = await DefinedRun.StartAsync(call =>
            call.ContentAsync(new Random(call.Number).NextDouble() < 0.7 ? Invalid : Fresh(call.Number))
        );

        var id = await run.CreateAsync(1000, Emails);

        var task = await run.EndAsync(id);
        Assert.Equal((GenerationTaskStatus.Succeeded, 1000, 0), (task.Status, task.Completed, task.Failures));
        Assert.Equal(1000 + task.Rejected.Invalid, run.Inference.Calls);
    }

    private static Task Answer(FakeCall call)
    {
        var number = call.Number - 1;
        return call.ContentAsync(
            (number % 10) switch
            {
                < 2 => Invalid,
                < 5 => number < 10 ? Invalid : Fresh(6),
                _ => Fresh(call.Number),
            }
        );
    }

    private static string Fresh(int number) => $$"""{"email":"{{number}}@example.com"}""";

    private static string EmailOf(string record) => JsonElement.Parse(record).GetProperty("email").GetString()!;
}
