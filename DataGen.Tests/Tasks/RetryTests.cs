using System.Text.Json;
using DataGen.Contracts;

namespace DataGen.Tests.Tasks;

/// <summary>Retry makes what failed or is missing, and nothing else.</summary>
public sealed class RetryTests : TasksServiceTest
{
    [Fact]
    public async Task Failed_records_are_made_again_and_the_good_ones_stay()
    {
        Runner.Make = index => index % 4 == 1 ? "!cut off" : $$"""{"id":{{index}}}""";
        var id = (await Host.CreateAsync(20)).Task.Id;
        Assert.Equal(5, (await Host.EndAsync(id, Cancelled)).Task.Failures);
        Runner.Make = index => index == 9 ? "!still cut off" : $$"""{"id":{{index}},"again":true}""";
        await RetryAsync(id);
        var ended = await Host.EndAsync(id, Cancelled);
        Assert.Equal(
            (GenerationTaskStatus.Succeeded, 20, 1),
            (ended.Task.Status, ended.Task.Completed, ended.Task.Failures)
        );
        Assert.Equal([new RecordError { Index = 9, Message = "still cut off" }], ended.Errors);
        Assert.Equal([1, 5, 9, 13, 17], Runner.Requests.Last().Ranges.Select(range => range.First));
        Assert.All(Enumerable.Range(0, 20), index => Assert.Equal(index % 4 == 1 ? 2 : 1, Runner.Delivered[index]));

        var records = await Host.RecordsAsync(id);
        Assert.Equal(Enumerable.Range(0, 20), records.Select(record => record.Index));
        Assert.Equal([9], records.Where(record => !record.HasData).Select(record => record.Index));
        Assert.Equal("""{"id":5,"again":true}""", records[5].Data.ToStringUtf8());
        var newest = await Host.Client.ListRecordsAsync(
            new ListRecordsRequest { Id = id, Order = RecordOrder.Newest },
            Host.As("ada"),
            cancellationToken: Cancelled
        );
        Assert.Equal(Enumerable.Range(0, 20), newest.Items.Select(record => record.Index).Order());
        Assert.Equal("still cut off", newest.Items.Single(record => record.Index == 9).Error);
        Assert.Equal(
            19,
            JsonDocument.Parse(await Host.ExportAsync(id, ExportFormat.Json)).RootElement.GetArrayLength()
        );
        await Eventually.TrueAsync(() => Store.PeekAll("datagen:tasks:active").Count == 0);
        var metrics = await Host.MetricsAsync();
        Assert.Equal(
            (1, 20, 19, 0, 0),
            (
                metrics.TotalJobs,
                metrics.TotalRecordsRequested,
                metrics.TotalRecordsGenerated,
                metrics.ActiveJobs,
                metrics.FailedJobs
            )
        );
    }

    [Fact]
    public async Task The_last_answer_of_a_failed_record_is_kept_until_it_is_good()
    {
        Runner.Make = index => index == 1 ? "!cut off" : $$"""{"id":{{index}}}""";
        var id = (await Host.CreateAsync(3)).Task.Id;
        await Host.EndAsync(id, Cancelled);
        Assert.Equal(
            ["", "The answer was: cut off", ""],
            (await Host.RecordsAsync(id)).Select(record => record.Answer)
        );

        Runner.Make = index => $$"""{"id":{{index}}}""";
        await RetryAsync(id);
        await Host.EndAsync(id, Cancelled);

        Assert.Equal(["", "", ""], (await Host.RecordsAsync(id)).Select(record => record.Answer));
    }

    [Fact]
    public async Task A_retry_can_raise_the_bound_of_tokens_for_good()
    {
        Runner.Make = _ => "!cut off";
        var id = (await Host.CreateAsync(3)).Task.Id;
        await Host.EndAsync(id, Cancelled);
        var refused = await Assert.ThrowsAsync<Grpc.Core.RpcException>(() => RetryAsync(id, maxTokens: 4097));
        Assert.Equal(
            (Grpc.Core.StatusCode.InvalidArgument, "maxTokens: A whole number from 16 to 4096."),
            (refused.StatusCode, refused.Status.Detail)
        );

        await RetryAsync(id, maxTokens: 2048);
        await Host.EndAsync(id, Cancelled);
        await RetryAsync(id);
        var ended = await Host.EndAsync(id, Cancelled);

        Assert.Equal(2048, ended.Task.Spec.MaxTokens);
        Assert.Equal(
            [false, true, true],
            Runner.Requests.Select(request => request.Spec is { HasMaxTokens: true, MaxTokens: 2048 })
        );
        Assert.Contains("\"maxTokens\":2048", Store.Peek($"datagen:task:{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retries_count_as_creations_for_the_limit_of_a_minute()
    {
        await using var host = await TasksHost.StartAsync(
            new MemoryStore(),
            Runner.Address,
            Cancelled,
            ("DATAGEN_TASKS_PER_MINUTE", "3")
        );
        var id = (await host.CreateAsync(1)).Task.Id;
        await host.EndAsync(id, Cancelled);
        await RetryAsync(host, id);
        await RetryAsync(host, id);

        var refused = await Assert.ThrowsAsync<Grpc.Core.RpcException>(() => RetryAsync(host, id));

        Assert.Equal(Grpc.Core.StatusCode.ResourceExhausted, refused.StatusCode);
    }

    [Fact]
    public async Task What_the_server_is_asked_to_answer_with_is_told_and_stored()
    {
        Runner.First = new RunUpdate { ResponseFormat = "none" };
        var id = (await Host.CreateAsync(3)).Task.Id;

        Assert.Equal("none", (await Host.EndAsync(id, Cancelled)).Task.ResponseFormat);
        Assert.Contains("\"responseFormat\":\"none\"", Store.Peek($"datagen:task:{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_task_goes_on_with_what_is_missing()
    {
        Runner.Before = (index, token) => index < 8 ? Task.CompletedTask : Task.Delay(Timeout.Infinite, token);
        var id = (await Host.CreateAsync(12)).Task.Id;
        await Eventually.GetAsync(() => Host.GetAsync(id), detail => detail.Task.Completed == 8);
        await Host.Client.CancelAsync(new TaskReference { Id = id }, Host.As("ada"), cancellationToken: Cancelled);
        Runner.Before = (_, _) => Task.CompletedTask;
        await RetryAsync(id);
        var ended = await Host.EndAsync(id, Cancelled);
        Assert.Equal((GenerationTaskStatus.Succeeded, 12), (ended.Task.Status, ended.Task.Completed));
        Assert.All(Enumerable.Range(0, 12), index => Assert.Equal(1, Runner.Delivered[index]));
    }

    [Fact]
    public async Task A_task_that_failed_for_a_fatal_answer_can_be_retried_and_is_no_longer_failed()
    {
        Runner.Fatal = _ => "The inference server refused the API key (401).";
        var id = (await Host.CreateAsync(5)).Task.Id;
        Assert.Equal(GenerationTaskStatus.Failed, (await Host.EndAsync(id, Cancelled)).Task.Status);
        Runner.Fatal = _ => null;
        var retried = await RetryAsync(id);
        Assert.Equal(("", true), (retried.Task.FailureReason, retried.Task.Status != GenerationTaskStatus.Failed));
        Assert.Equal(GenerationTaskStatus.Succeeded, (await Host.EndAsync(id, Cancelled)).Task.Status);
        Assert.Equal(0, (await Eventually.GetAsync(Host.MetricsAsync, metrics => metrics.ActiveJobs == 0)).FailedJobs);
        Assert.False(Runner.Requests.Last().Proven);
    }

    [Fact]
    public async Task A_complete_task_and_one_at_work_are_left_as_they_are()
    {
        var done = (await Host.CreateAsync(3)).Task.Id;
        var ended = await Host.EndAsync(done, Cancelled);
        Assert.Equal(ended, await RetryAsync(done));
        Runner.Before = (_, token) => Task.Delay(Timeout.Infinite, token);
        var running = (await Host.CreateAsync(3)).Task.Id;
        await Eventually.GetAsync(
            () => Host.GetAsync(running),
            detail => detail.Task.Status == GenerationTaskStatus.Running
        );
        Assert.Equal(GenerationTaskStatus.Running, (await RetryAsync(running)).Task.Status);
        Assert.Equal(2, Runner.Requests.Count);
    }

    [Fact]
    public async Task Another_users_task_is_not_retried()
    {
        var id = (await Host.CreateAsync(3)).Task.Id;
        var refused = await Assert.ThrowsAsync<Grpc.Core.RpcException>(() =>
            Host
                .Client.RetryAsync(new RetryTaskRequest { Id = id }, Host.As("bob"), cancellationToken: Cancelled)
                .ResponseAsync
        );
        Assert.Equal(Grpc.Core.StatusCode.NotFound, refused.StatusCode);
    }

    [Fact]
    public async Task A_retry_whose_process_dies_after_any_write_is_finished_exactly()
    {
        Runner.Make = index => index % 3 == 1 ? "!cut off" : $$"""{"id":{{index}}}""";
        var id = (await Host.CreateAsync(30)).Task.Id;
        await Host.EndAsync(id, Cancelled);
        await Eventually.TrueAsync(() => Store.PeekAll("datagen:tasks:active").Count == 0);
        var before = Store.Log.Count;
        Runner.Make = index => $$"""{"id":{{index}}}""";
        await RetryAsync(id);
        await Host.EndAsync(id, Cancelled);
        await Eventually.TrueAsync(() => Store.PeekAll("datagen:tasks:active").Count == 0);
        var log = Store.Log;
        Assert.True(log.Count - before >= 5, "The retry has too few writes to die between.");

        // The first two writes accept the retry: the note that it is unfinished, and its document.
        for (var writes = before + 2; writes <= log.Count; writes++)
        {
            var left = MemoryStore.After(log, writes);
            await using var next = await TasksHost.StartAsync(left, Runner.Address, Cancelled);
            var ended = await next.EndAsync(id, Cancelled);
            Assert.True(
                (GenerationTaskStatus.Succeeded, 30, 0)
                    == (ended.Task.Status, ended.Task.Completed, ended.Task.Failures),
                $"After write {writes}: {ended.Task}"
            );
            Assert.Equal(Enumerable.Range(0, 30), (await next.RecordsAsync(id)).Select(record => record.Index));
            await Eventually.TrueAsync(() => left.PeekAll("datagen:tasks:active").Count == 0);
            Assert.Equal("30", left.PeekAll("datagen:metrics")["totalRecordsGenerated"]);
        }
    }

    private Task<TaskDetail> RetryAsync(string id, int? maxTokens = null) => RetryAsync(Host, id, maxTokens);

    private static async Task<TaskDetail> RetryAsync(TasksHost host, string id, int? maxTokens = null)
    {
        var request = new RetryTaskRequest { Id = id };
        if (maxTokens is { } tokens)
        {
            request.MaxTokens = tokens;
        }

        return await host.Client.RetryAsync(request, host.As("ada"), cancellationToken: Cancelled);
    }
}
