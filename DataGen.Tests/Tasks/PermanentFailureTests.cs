using DataGen.Contracts;
using DataGen.Tests.Runner;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DataGen.Tests.Tasks;

/// <summary>A failure that no repetition can mend ends the task with a reason that a person understands; what passes,
/// or what an operator has to mend, is waited for.</summary>
public sealed class PermanentFailureTests : TasksServiceTest
{
    private const string TooLarge = "CStore hset: the node at 10.0.0.5:31234 answered 413 (the value is too large).";

    private static readonly (string Name, string Value)[] SmallShards =
    [
        ("DATAGEN_RECORDS_PER_SHARD", "2000"),
        ("DATAGEN_MAX_RECORDS_PER_JOB", "20000"),
    ];

    [Fact]
    public async Task Records_that_the_store_refuses_for_good_fail_the_task_and_a_retry_goes_on()
    {
        var gate = new TaskCompletionSource();
        Runner.Before = (index, token) => index < 10 ? Task.CompletedTask : gate.Task.WaitAsync(token);
        var id = (await Host.CreateAsync(20)).Task.Id;
        await Eventually.GetAsync(() => Host.GetAsync(id), detail => detail.Task.Completed == 10);
        Store.Refuses = key => IsSegment(key) ? TooLarge : null;
        gate.SetResult();
        var ended = await Host.EndAsync(id, Cancelled);
        Assert.Equal(GenerationTaskStatus.Failed, ended.Task.Status);
        Assert.Contains(TooLarge, ended.Task.FailureReason, StringComparison.Ordinal);
        Assert.Equal((10, 0), (ended.Task.Completed, ended.Task.Failures));
        Assert.Equal(Enumerable.Range(0, 10), (await Host.RecordsAsync(id)).Select(record => record.Index));
        await Eventually.TrueAsync(() => Store.PeekAll("datagen:tasks:active").Count == 0);
        Assert.Equal(
            (0, 1),
            await Host.MetricsAsync() is var metrics ? (metrics.ActiveJobs, metrics.FailedJobs) : default
        );
        Assert.Equal(0, Runner.OpenLeases);

        Store.Refuses = _ => null;
        await Host.Client.RetryAsync(new RetryTaskRequest { Id = id }, Host.As("ada"), cancellationToken: Cancelled);
        Assert.Equal(
            (GenerationTaskStatus.Succeeded, 20),
            await Host.EndAsync(id, Cancelled) is var retried ? (retried.Task.Status, retried.Task.Completed) : default
        );
        Assert.Equal([(10, 19)], Runner.Requests.Last().Ranges.Select(range => (range.First, range.Last)));
    }

    [Fact]
    public async Task A_refusal_stops_the_runner_though_it_has_nothing_more_to_hand_over()
    {
        Runner.Before = (index, token) => index < 5 ? Task.CompletedTask : Task.Delay(Timeout.Infinite, token);
        Store.Refuses = key => IsSegment(key) ? TooLarge : null;
        var id = (await Host.CreateAsync(20)).Task.Id;
        Assert.Equal(GenerationTaskStatus.Failed, (await Host.EndAsync(id, Cancelled)).Task.Status);
        await Eventually.TrueAsync(() => Runner.OpenLeases == 0);
    }

    [Fact]
    public async Task A_refusal_in_one_shard_of_a_large_task_fails_it_and_what_others_made_is_kept()
    {
        var store = new MemoryStore();
        await using var host = await TasksHost.StartAsync(store, Runner.Address, Cancelled, SmallShards);
        store.Refuses = key => key.Contains(":segments#2.", StringComparison.Ordinal) ? TooLarge : null;
        var id = (await host.CreateAsync(9000)).Task.Id;
        var ended = await host.EndAsync(id, Cancelled);
        Assert.Equal(GenerationTaskStatus.Failed, ended.Task.Status);
        Assert.Contains(TooLarge, ended.Task.FailureReason, StringComparison.Ordinal);

        store.Refuses = _ => null;
        await host.Client.RetryAsync(new RetryTaskRequest { Id = id }, host.As("ada"), cancellationToken: Cancelled);
        Assert.Equal(
            (GenerationTaskStatus.Succeeded, 9000, 0),
            await host.EndAsync(id, Cancelled) is var retried
                ? (retried.Task.Status, retried.Task.Completed, retried.Task.Failures)
                : default
        );
        Assert.Equal(Enumerable.Range(0, 9000), (await host.RecordsAsync(id)).Select(record => record.Index));
    }

    [Fact]
    public async Task A_file_that_R1FS_refuses_for_good_fails_the_task()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var node = builder.Build();
        node.MapPost(
            "/add_file",
            () => Results.Json(new { detail = "File too large" }, statusCode: StatusCodes.Status413PayloadTooLarge)
        );
        await node.StartAsync(Cancelled);
        await using var host = await TasksHost.StartAsync(
            Store,
            Runner.Address,
            Cancelled,
            ("EE_R1FS_API_URL", node.Urls.Single())
        );
        var ended = await host.EndAsync((await host.CreateAsync(3)).Task.Id, Cancelled);
        Assert.Equal((GenerationTaskStatus.Failed, 0), (ended.Task.Status, ended.Task.Completed));
        Assert.Contains("R1FS", ended.Task.FailureReason, StringComparison.Ordinal);
        Assert.Contains("413 (File too large)", ended.Task.FailureReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_that_the_store_refuses_is_waited_for_with_the_stores_own_words()
    {
        var gate = new TaskCompletionSource();
        Runner.Before = (_, token) => gate.Task.WaitAsync(token);
        var id = (await Host.CreateAsync(3)).Task.Id;
        await Eventually.GetAsync(
            () => Host.GetAsync(id),
            detail => detail.Task.Status == GenerationTaskStatus.Running
        );
        Store.Refuses = key => key == $"datagen:task:{id}" ? TooLarge : null;
        gate.SetResult();
        var waiting = await Eventually.GetAsync(
            () => Host.GetAsync(id),
            detail => detail.Task.WaitingReason.Length > 0
        );
        Assert.Contains(TooLarge, waiting.Task.WaitingReason, StringComparison.Ordinal);

        Store.Refuses = _ => null;
        Assert.Equal(GenerationTaskStatus.Succeeded, (await Host.EndAsync(id, Cancelled)).Task.Status);
    }

    [Fact]
    public async Task A_request_that_the_runner_calls_invalid_fails_the_task_with_the_runners_words()
    {
        Runner.Refuses = _ => new Status(StatusCode.InvalidArgument, "spec.max_tokens must be from 16 to 4096.");
        var id = (await Host.CreateAsync(3)).Task.Id;
        var ended = await Host.EndAsync(id, Cancelled);
        Assert.Equal(GenerationTaskStatus.Failed, ended.Task.Status);
        Assert.Contains("Runner", ended.Task.FailureReason, StringComparison.Ordinal);
        Assert.Contains("spec.max_tokens must be from 16 to 4096.", ended.Task.FailureReason, StringComparison.Ordinal);
        Assert.Single(Runner.Requests);

        Runner.Refuses = _ => null;
        await Host.Client.RetryAsync(new RetryTaskRequest { Id = id }, Host.As("ada"), cancellationToken: Cancelled);
        Assert.Equal(GenerationTaskStatus.Succeeded, (await Host.EndAsync(id, Cancelled)).Task.Status);
    }

    [Theory]
    [InlineData(StatusCode.Unauthenticated, "DATAGEN_SESSION_SECRET")]
    [InlineData(StatusCode.PermissionDenied, "DATAGEN_SESSION_SECRET")]
    [InlineData(StatusCode.Unimplemented, "is no Runner")]
    public async Task A_runner_that_is_set_up_wrong_is_named_and_waited_for(StatusCode status, string words)
    {
        var isWrong = true;
        Runner.Refuses = _ => Volatile.Read(ref isWrong) ? new Status(status, "") : null;
        var id = (await Host.CreateAsync(3)).Task.Id;
        var waiting = await WaitsAsync(Host, id);
        Assert.Contains(words, waiting.Task.WaitingReason, StringComparison.Ordinal);
        Assert.DoesNotContain("can be reached", waiting.Task.WaitingReason, StringComparison.Ordinal);

        Volatile.Write(ref isWrong, false);
        Assert.Equal(GenerationTaskStatus.Succeeded, (await Host.EndAsync(id, Cancelled)).Task.Status);
    }

    [Fact]
    public async Task A_task_waits_while_the_secrets_of_Tasks_and_of_the_real_Runner_differ_and_says_so()
    {
        await using var inference = await FakeInferenceServer.StartAsync(TimeSpan.Zero);
        string id;
        await using (var wrong = await RunnerHost.StartAsync(inference))
        await using (var host = await TasksHost.StartAsync(Store, new Uri(wrong.GrpcUrl), Cancelled))
        {
            id = (await host.CreateAsync(3)).Task.Id;
            var waiting = await WaitsAsync(host, id);
            Assert.Contains("DATAGEN_SESSION_SECRET", waiting.Task.WaitingReason, StringComparison.Ordinal);
            Assert.DoesNotContain("can be reached", waiting.Task.WaitingReason, StringComparison.Ordinal);
        }

        await using var right = await RunnerHost.StartAsync(inference, ("DATAGEN_SESSION_SECRET", TasksHost.Secret));
        await using var mended = await TasksHost.StartAsync(Store, new Uri(right.GrpcUrl), Cancelled);
        Assert.Equal(GenerationTaskStatus.Succeeded, (await mended.EndAsync(id, Cancelled)).Task.Status);
    }

    [Theory]
    [InlineData(StatusCode.Unavailable, "No Runner can be reached; trying again.")]
    [InlineData(StatusCode.Unknown, "The Runner broke off (Unknown); trying again.")]
    public async Task What_may_pass_is_waited_for_with_its_reason(StatusCode status, string reason)
    {
        var fails = true;
        Runner.Refuses = _ => Volatile.Read(ref fails) ? new Status(status, "an inner detail") : null;
        var id = (await Host.CreateAsync(3)).Task.Id;
        Assert.Equal(reason, (await WaitsAsync(Host, id)).Task.WaitingReason);
        Volatile.Write(ref fails, false);
        Assert.Equal(GenerationTaskStatus.Succeeded, (await Host.EndAsync(id, Cancelled)).Task.Status);
    }

    private static bool IsSegment(string key) => key.Contains(":segments", StringComparison.Ordinal);

    private static Task<TaskDetail> WaitsAsync(TasksHost host, string id) =>
        Eventually.GetAsync(() => host.GetAsync(id), detail => detail.Task.WaitingReason.Length > 0);
}
