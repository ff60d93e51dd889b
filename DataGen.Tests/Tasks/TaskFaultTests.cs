using System.Text;
using System.Text.Json;
using DataGen.Contracts;
using Grpc.Core;

namespace DataGen.Tests.Tasks;

/// <summary>What becomes of a task when records fail, the Runner dies or lies, or the store is away, slow or
/// refuses.</summary>
public sealed class TaskFaultTests : TasksServiceTest
{
    [Fact]
    public async Task Failed_records_are_counted_and_named_and_the_rest_is_exported()
    {
        Runner.Make = index => index % 5 == 2 ? $"!The answer to {index} was cut off." : $$"""{"n":{{index}}}""";
        var id = (await Host.CreateAsync(10)).Task.Id;
        var ended = await Host.EndAsync(id, Cancelled);

        Assert.Equal(
            (GenerationTaskStatus.Succeeded, 10, 2),
            (ended.Task.Status, ended.Task.Completed, ended.Task.Failures)
        );
        Assert.Equal(
            [(2, "The answer to 2 was cut off."), (7, "The answer to 7 was cut off.")],
            ended.Errors.Select(error => (error.Index, error.Message))
        );
        var lines = Encoding
            .UTF8.GetString(await Host.ExportAsync(id, ExportFormat.Jsonl))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            [0, 1, 3, 4, 5, 6, 8, 9],
            lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("n").GetInt32())
        );
    }

    [Fact]
    public async Task A_task_none_of_whose_records_could_be_made_has_failed_and_says_why()
    {
        Runner.Make = _ => "!The answer is not JSON.";
        var ended = await Host.EndAsync((await Host.CreateAsync(3)).Task.Id, Cancelled);
        Assert.Equal(
            (GenerationTaskStatus.Failed, "No record could be generated. The answer is not JSON."),
            (ended.Task.Status, ended.Task.FailureReason)
        );
        Assert.Equal(1, (await Host.MetricsAsync()).FailedJobs);
    }

    [Fact]
    public async Task A_fatal_answer_fails_the_task_with_its_reason()
    {
        Runner.Fatal = _ => "The inference server refused the API key (401).";
        var ended = await Host.EndAsync((await Host.CreateAsync(3)).Task.Id, Cancelled);
        Assert.Equal(
            (GenerationTaskStatus.Failed, "The inference server refused the API key (401).", 0),
            (ended.Task.Status, ended.Task.FailureReason, ended.Task.Completed)
        );
    }

    [Fact]
    public async Task Why_the_runner_waits_is_shown_while_it_does()
    {
        var goOn = new TaskCompletionSource();
        Runner.First = new() { Waiting = new() { Reason = "The inference server cannot be reached." } };
        Runner.Before = (_, _) => goOn.Task;
        var id = (await Host.CreateAsync(1)).Task.Id;
        var waiting = await Eventually.GetAsync(
            () => Host.GetAsync(id),
            detail => detail.Task.WaitingReason.Length > 0
        );
        Assert.Equal(
            (GenerationTaskStatus.Running, "The inference server cannot be reached."),
            (waiting.Task.Status, waiting.Task.WaitingReason)
        );
        Assert.Equal([0], waiting.InFlight.Select(record => record.Index));

        goOn.SetResult();
        Assert.Equal("", (await Host.EndAsync(id, Cancelled)).Task.WaitingReason);
    }

    [Fact]
    public async Task When_the_runners_stream_breaks_only_what_is_missing_is_asked_for_again()
    {
        var broken = 0;
        Runner.Before = (index, _) =>
            index == 30 && Interlocked.Exchange(ref broken, 1) == 0
                ? throw new RpcException(new Status(StatusCode.Unavailable, "killed"))
                : Task.CompletedTask;
        var id = (await Host.CreateAsync(60)).Task.Id;
        Assert.Equal(
            (GenerationTaskStatus.Succeeded, 60),
            (await Host.EndAsync(id, Cancelled)) is var ended ? (ended.Task.Status, ended.Task.Completed) : default
        );

        Assert.Equal(2, Runner.Requests.Count);
        Assert.Equal([(30, 59)], Runner.Requests.Last().Ranges.Select(range => (range.First, range.Last)));
        Assert.All(Runner.Delivered, delivered => Assert.Equal(1, delivered.Value));
    }

    [Fact]
    public async Task A_record_delivered_twice_counts_once()
    {
        Runner.First = new();
        Runner.First.Ended.AddRange([Runner.Result(4), Runner.Result(99)]);
        var id = (await Host.CreateAsync(5)).Task.Id;
        var ended = await Host.EndAsync(id, Cancelled);
        Assert.Equal(
            (GenerationTaskStatus.Succeeded, 5, 0),
            (ended.Task.Status, ended.Task.Completed, ended.Task.Failures)
        );
        Assert.Equal([0, 1, 2, 3, 4], (await Host.RecordsAsync(id)).Select(record => record.Index));
    }

    [Fact]
    public async Task What_the_store_does_not_confirm_is_written_again_and_never_counts_before()
    {
        var refusals = 3;
        Store.OnWrite = key =>
            key.Contains(":segments", StringComparison.Ordinal) && refusals > 0
                ? ("false", Kept: refusals-- % 2 == 0)
                : null;
        var id = (await Host.CreateAsync(40)).Task.Id;
        var ended = await Host.EndAsync(id, Cancelled);
        Assert.Equal((GenerationTaskStatus.Succeeded, 40), (ended.Task.Status, ended.Task.Completed));
        Assert.Equal(Enumerable.Range(0, 40), (await Host.RecordsAsync(id)).Select(record => record.Index));
        Assert.All(Runner.Delivered, delivered => Assert.Equal(1, delivered.Value));
    }

    [Fact]
    public async Task A_store_that_is_away_is_named_on_the_task_and_nothing_counts_until_it_is_back()
    {
        var away = false;
        Runner.Before = (index, _) =>
        {
            away |= index == 5;
            return Task.CompletedTask;
        };
        Store.Away = () => Volatile.Read(ref away) ? "connection refused" : null;
        var id = (await Host.CreateAsync(20)).Task.Id;
        var waiting = await Eventually.GetAsync(
            () => Host.GetAsync(id),
            detail => detail.Task.WaitingReason.Length > 0
        );
        Assert.Contains("store", waiting.Task.WaitingReason, StringComparison.Ordinal);
        Assert.True(waiting.Task.Completed <= 5);
        var refused = await Assert.ThrowsAsync<RpcException>(() => Host.CreateAsync(1));
        Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
        Assert.NotNull(refused.GetRpcStatus()!.GetDetail<Google.Rpc.RetryInfo>());

        Runner.Before = (_, _) => Task.CompletedTask;
        Volatile.Write(ref away, false);
        Assert.Equal(
            (GenerationTaskStatus.Succeeded, 20),
            (await Host.EndAsync(id, Cancelled)) is var ended ? (ended.Task.Status, ended.Task.Completed) : default
        );
    }

    [Fact]
    public async Task When_the_store_is_slow_the_window_fills_and_the_runner_is_held_back()
    {
        Store.OnWrite = key => key.Contains(":segments", StringComparison.Ordinal) ? ("504", Kept: false) : null;
        await Host.CreateAsync(200);
        var most = DataGen.Tasks.Shards.SegmentCommitter.Window;
        await using var large = await TasksHost.StartAsync(
            Store,
            Runner.Address,
            Cancelled,
            ("DATAGEN_MAX_RECORDS_PER_JOB", "1000000")
        );
        var id = (await large.CreateAsync(1_000_000, "bob")).Task.Id;
        Runner.Delivered.Clear();
        await Eventually.GetAsync(
            async () =>
            {
                var now = Runner.Delivered.Count;
                await Task.Delay(500, Cancelled);
                return (now, Then: Runner.Delivered.Count);
            },
            seen => seen.now > most && seen.now == seen.Then
        );
        Assert.InRange(Runner.Delivered.Count, most, 100_000);
        Assert.Equal(0, (await large.GetAsync(id, "bob")).Task.Completed);
    }
}
