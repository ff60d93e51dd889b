using System.Text.Json;
using DataGen.Contracts;
using DataGen.Tests.Runner;
using Grpc.Core;

namespace DataGen.Tests.Tasks;

/// <summary>More records of an ended task: the old ones stay byte for byte, the new ones are a block of their
/// own.</summary>
public sealed class ExtendTests
{
    private const string Plans = """
        {"seed":3,"samplers":{"plan":{"type":"category","weights":{"free":70,"pro":20,"enterprise":10}}},"unique":[["email"]]}
        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    // A tenth of the answers repeat an earlier one.
    private static Task Answer(FakeCall call) =>
        call.ContentAsync($$"""{"email":"{{(call.Number % 10 == 9 ? call.Number / 2 : call.Number)}}@a.b"}""");

    [Theory]
    [InlineData(1000, 500)] // one shard each, shown record by record
    [InlineData(1500, 1000)] // shown by cells from then on
    [InlineData(5000, 3000)] // several shards
    public async Task The_old_records_stay_and_the_block_has_its_own_exact_distribution(int count, int more)
    {
        await using var run = await DefinedRun.StartAsync(Answer);
        var id = await run.CreateAsync(count, Plans);
        await run.EndAsync(id);
        var before = await run.GoodAsync(id);

        var begun = await ExtendAsync(run, id, more);

        Assert.Equal(count + more, begun.Task.Spec.Count);
        var task = await run.EndAsync(id);
        Assert.Equal((GenerationTaskStatus.Succeeded, count + more, 0), (task.Status, task.Completed, task.Failures));
        Assert.Equal(run.Inference.Calls, task.Calls);
        await AssertWholeAsync(run, id, before, more);

        // A process that knows nothing but the store sees the same, and can go on.
        await run.DieAsync();
        var detail = await run.Tasks.GetAsync(id);
        Assert.Equal((count + more, 0), (detail.Task.Completed, detail.Task.Failures));
        await AssertProgressAsync(run, id, count + more);
        await AssertWholeAsync(run, id, before, more);
        var both = await run.GoodAsync(id);
        await ExtendAsync(run, id, 100);
        Assert.Equal(count + more + 100, (await run.EndAsync(id)).Completed);
        await AssertWholeAsync(run, id, both, 100);

        await run.Tasks.Client.DeleteAsync(
            new TaskReference { Id = id },
            run.Tasks.As("ada"),
            cancellationToken: Cancelled
        );
        Assert.DoesNotContain(run.Store.Keys, key => key.Contains(id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Deaths_during_the_extension_change_nothing()
    {
        await using var run = await DefinedRun.StartAsync(async call =>
        {
            await Task.Delay(10, call.Aborted);
            await Answer(call);
        });
        var id = await run.CreateAsync(1000, Plans);
        await run.EndAsync(id);
        var before = await run.GoodAsync(id);

        await ExtendAsync(run, id, 4500);
        for (var death = 1; death <= 2; death++)
        {
            var calls = run.Inference.Calls;
            await Eventually.TrueAsync(() => run.Inference.Calls > calls + 300);
            await run.DieAsync(lost: death - 1);
        }

        Assert.Equal(5500, (await run.EndAsync(id)).Completed);
        await AssertWholeAsync(run, id, before, 4500);
    }

    [Fact]
    public async Task Failed_and_missing_records_are_made_with_the_new_ones()
    {
        var isBroken = true;
        await using var run = await DefinedRun.StartAsync(call =>
            Volatile.Read(ref isBroken) && call.Index % 10 == 0
                ? call.FailAsync(400, "content_policy_violation")
                : call.RecordAsync()
        );
        var id = await run.CreateAsync(100, "");
        Assert.Equal(10, (await run.EndAsync(id)).Failures);

        Volatile.Write(ref isBroken, false);
        await ExtendAsync(run, id, 50);

        var task = await run.EndAsync(id);
        Assert.Equal((150, 0), (task.Completed, task.Failures));
        Assert.All(
            run.Inference.CallsByIndex.Where(calls => calls.Key % 10 > 0),
            calls => Assert.Equal((calls.Key, 1), (calls.Key, calls.Value))
        );
    }

    [Fact]
    public async Task A_bound_of_calls_that_nobody_named_grows_with_the_records()
    {
        // Four of five answers repeat another: the bound of 5 * 100 + 50 calls would not do for 200 records.
        await using var run = await DefinedRun.StartAsync(call =>
            call.ContentAsync($$"""{"email":"{{call.Number / 4}}@a.b"}""")
        );
        var id = await run.CreateAsync(100, Plans, concurrency: 1);
        await run.EndAsync(id);

        await ExtendAsync(run, id, 100);

        var task = await run.EndAsync(id);
        Assert.Equal((GenerationTaskStatus.Succeeded, 200), (task.Status, task.Completed));
        Assert.InRange(task.Calls, 551, 1050);
    }

    [Fact]
    public async Task What_cannot_be_extended_is_refused_with_the_reason()
    {
        await using var run = await DefinedRun.StartAsync(async call =>
        {
            await Task.Delay(20, call.Aborted);
            await call.ContentAsync($$"""{"kind":"{{call.Number}}"}""");
        });
        var running = await run.CreateAsync(2000, "", concurrency: 1);
        await AssertRefusedAsync(StatusCode.FailedPrecondition, "not ended", run, running, 1);
        await run.Tasks.Client.CancelAsync(
            new TaskReference { Id = running },
            run.Tasks.As("ada"),
            cancellationToken: Cancelled
        );
        foreach (var count in (int[])[0, -1, 98_001, int.MaxValue])
        {
            await AssertRefusedAsync(StatusCode.InvalidArgument, "count: ", run, running, count);
        }

        var full = await run.CreateAsync(
            2,
            """{"unique":[["letter"]],"schema":{"type":"object","properties":{"letter":{"enum":["a","b","c"]},"kind":{"type":"string"}}}}"""
        );
        await run.EndAsync(full);
        await AssertRefusedAsync(StatusCode.InvalidArgument, "unique[0]: ", run, full, 2);
        await AssertRefusedAsync(StatusCode.NotFound, "", run, Guid.NewGuid().ToString(), 2);
    }

    private static async Task AssertRefusedAsync(StatusCode code, string told, DefinedRun run, string id, int more)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => ExtendAsync(run, id, more));
        Assert.Equal(code, refused.StatusCode);
        Assert.Contains(told, refused.Status.Detail, StringComparison.Ordinal);
    }

    private static async Task<TaskDetail> ExtendAsync(DefinedRun run, string id, int more) =>
        await run.Tasks.Client.ExtendAsync(
            new ExtendTaskRequest { Id = id, Count = more },
            run.Tasks.As("ada"),
            cancellationToken: Cancelled
        );

    // All records, by independent means: the old ones as they were, the new ones shared out exactly, no e-mail twice.
    private static async Task AssertWholeAsync(DefinedRun run, string id, IReadOnlyList<string> before, int more)
    {
        var records = await run.Tasks.RecordsAsync(id);
        Assert.Equal(Enumerable.Range(0, before.Count + more), records.Select(record => record.Index));
        var all = records.Select(record => record.Data.ToStringUtf8()).ToList();
        Assert.Equal(before, all.Take(before.Count));
        Assert.Equal(all.Count, all.Select(record => Member(record, "email")).Distinct().Count());
        var plans = all.Skip(before.Count)
            .CountBy(record => Member(record, "plan"))
            .ToDictionary(StringComparer.Ordinal);
        Assert.Equal((more * 7 / 10, more * 2 / 10, more / 10), (plans["free"], plans["pro"], plans["enterprise"]));
        var exported = System.Text.Encoding.UTF8.GetString(await run.Tasks.ExportAsync(id, ExportFormat.Jsonl));
        Assert.Equal(all, exported.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static async Task AssertProgressAsync(DefinedRun run, string id, int count)
    {
        using var watch = run.Tasks.Client.Watch(
            new TaskReference { Id = id },
            run.Tasks.As("ada"),
            cancellationToken: Cancelled
        );
        Assert.True(await watch.ResponseStream.MoveNext(Cancelled));
        var progress = watch.ResponseStream.Current;
        Assert.Equal(
            count,
            progress.Cells is { } cells ? cells.Good.Sum() : progress.Good.Sum(range => range.Last - range.First + 1)
        );
    }

    private static string Member(string record, string name) => JsonElement.Parse(record).GetProperty(name).ToString();
}
