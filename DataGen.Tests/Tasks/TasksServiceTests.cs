using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DataGen.Contracts;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace DataGen.Tests.Tasks;

/// <summary>What the service does when all goes well, and what it refuses.</summary>
public sealed class TasksServiceTests : TasksServiceTest
{
    [Fact]
    public async Task A_task_becomes_as_many_records_as_were_asked_for()
    {
        var created = await Host.CreateAsync(25);
        Assert.Equal("ada", created.Task.Owner);
        var ended = await Host.EndAsync(created.Task.Id, Cancelled);

        Assert.Equal(
            (GenerationTaskStatus.Succeeded, 25, 0),
            (ended.Task.Status, ended.Task.Completed, ended.Task.Failures)
        );
        Assert.Equal((250, 125), (ended.Task.Tokens.Input, ended.Task.Tokens.Output));
        Assert.NotNull(ended.Task.FinishedAt);
        var records = await Host.RecordsAsync(created.Task.Id);
        Assert.Equal(Enumerable.Range(0, 25), records.Select(record => record.Index));
        Assert.Equal("""{"id":3,"name":"Zoë 3"}""", records[3].Data.ToStringUtf8());
        Assert.All(Runner.Delivered, delivered => Assert.Equal(1, delivered.Value));
    }

    [Fact]
    public async Task Samplers_are_checked_stored_and_handed_to_the_Runner()
    {
        const string sampling = """{"seed":1,"samplers":{"plan":{"type":"category","weights":{"free":7,"pro":3}}}}""";
        var request = new CreateTaskRequest
        {
            Spec = new GenerationSpec
            {
                Prompt = "A customer",
                Count = 10,
                Sampling = sampling,
            },
        };
        var id = (await Host.Client.CreateAsync(request, Host.As("ada"), cancellationToken: Cancelled)).Task.Id;
        var ended = await Host.EndAsync(id, Cancelled);
        Assert.Equal(sampling, ended.Task.Spec.Sampling);
        Assert.Equal(sampling, Runner.Requests.Single().Spec.Sampling);
        var listed = await Host.Client.ListAsync(new ListTasksRequest(), Host.As("ada"), cancellationToken: Cancelled);
        Assert.Equal("", listed.Tasks.Single().Spec.Sampling);
        await using var next = await TasksHost.StartAsync(Store, Runner.Address, Cancelled);
        Assert.Equal(sampling, (await next.GetAsync(id)).Task.Spec.Sampling);

        foreach (
            var (wrong, problem) in new[]
            {
                ("""{"samplers":{"plan":{"type":"category","weights":{}}}}""", "samplers.plan.weights: Is empty."),
                (
                    """{"schema":{"type":"object","properties":{"age":{"minimum":"18"}}}}""",
                    "schema.properties.age.minimum: Has to be a number."
                ),
                (
                    """{"schema":{"type":"object","properties":{"age":{"title":"\ud800"}}}}""",
                    "schema.properties.age.title: Holds half a surrogate pair."
                ),
            }
        )
        {
            request.Spec.Sampling = wrong;
            var refused = await Assert.ThrowsAsync<RpcException>(() =>
                Host.Client.CreateAsync(request, Host.As("ada"), cancellationToken: Cancelled).ResponseAsync
            );
            Assert.Equal((StatusCode.InvalidArgument, problem), (refused.StatusCode, refused.Status.Detail));
        }
    }

    [Fact]
    public void No_port_lets_grains_be_called_without_an_identity_token() => Assert.Null(Host.SiloGateway);

    [Fact]
    public async Task One_trace_leads_from_the_creation_of_a_task_to_the_runner()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource("DataGen.Tests");
        using var request = source.StartActivity("POST /api/tasks")!;
        var id = (await Host.CreateAsync(1)).Task.Id;
        await Host.EndAsync(id, Cancelled);
        Assert.Contains(request.TraceId.ToHexString(), Assert.Single(Runner.TraceParents), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_task_keeps_what_is_done_and_asks_for_no_more()
    {
        Runner.Before = (index, token) => index < 6 ? Task.CompletedTask : Task.Delay(Timeout.Infinite, token);
        var id = (await Host.CreateAsync(50)).Task.Id;
        await Eventually.GetAsync(() => Host.GetAsync(id), detail => detail.Task.Completed == 6);

        var cancelled = await Host.Client.CancelAsync(
            new TaskReference { Id = id },
            Host.As("ada"),
            cancellationToken: Cancelled
        );
        Assert.Equal((GenerationTaskStatus.Cancelled, 6), (cancelled.Task.Status, cancelled.Task.Completed));
        await Eventually.TrueAsync(() => Runner.OpenLeases == 0);
        Assert.Equal(6, (await Host.RecordsAsync(id)).Count);
        Assert.Equal(
            cancelled,
            await Host.Client.CancelAsync(new TaskReference { Id = id }, Host.As("ada"), cancellationToken: Cancelled)
        );
        Assert.Empty(Store.PeekAll("datagen:tasks:active"));
    }

    [Theory]
    [InlineData("", 5, "prompt")]
    [InlineData("   ", 5, "prompt")]
    [InlineData("a customer", 0, "count")]
    [InlineData("a customer", -1, "count")]
    [InlineData("a customer", 201, "count")]
    public async Task A_wrong_field_is_named(string prompt, int count, string field)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await Host.Client.CreateAsync(
                new CreateTaskRequest
                {
                    Spec = new GenerationSpec { Prompt = prompt, Count = count },
                },
                Host.As("ada"),
                cancellationToken: Cancelled
            )
        );
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Equal(
            [field],
            refused
                .GetRpcStatus()!
                .GetDetail<Google.Rpc.BadRequest>()!
                .FieldViolations.Select(violation => violation.Field)
        );
    }

    [Fact]
    public async Task All_wrong_fields_are_named_at_once()
    {
        var request = new CreateTaskRequest
        {
            Spec = new GenerationSpec
            {
                Prompt = new string('x', 8001),
                Count = 1,
                Temperature = double.NaN,
                MaxTokens = 15,
                Concurrency = 0,
            },
            Title = new string('t', 201),
        };
        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await Host.Client.CreateAsync(request, Host.As("ada"), cancellationToken: Cancelled)
        );
        Assert.Equal(
            ["prompt", "title", "temperature", "maxTokens", "concurrency"],
            refused
                .GetRpcStatus()!
                .GetDetail<Google.Rpc.BadRequest>()!
                .FieldViolations.Select(violation => violation.Field)
        );
    }

    [Fact]
    public async Task Another_users_task_is_not_found_and_only_an_admin_who_asks_sees_it()
    {
        var id = (await Host.CreateAsync(2)).Task.Id;
        await Host.EndAsync(id, Cancelled);
        foreach (
            var (name, role, owner) in new[] { ("eve", "user", ""), ("eve", "user", "ada"), ("root", "admin", "") }
        )
        {
            var refused = await Assert.ThrowsAsync<RpcException>(async () =>
                await Host.Client.GetAsync(
                    new TaskReference { Id = id, Owner = owner },
                    Host.As(name, role),
                    cancellationToken: Cancelled
                )
            );
            Assert.Equal(StatusCode.NotFound, refused.StatusCode);
        }

        Assert.Equal(
            id,
            (
                await Host.Client.GetAsync(
                    new TaskReference { Id = id, Owner = "ada" },
                    Host.As("root", "admin"),
                    cancellationToken: Cancelled
                )
            )
                .Task
                .Id
        );
        Assert.Empty(
            (await Host.Client.ListAsync(new ListTasksRequest(), Host.As("eve"), cancellationToken: Cancelled)).Tasks
        );
    }

    [Theory]
    [InlineData("not-an-id")]
    [InlineData("019a0000-0000-7000-8000-000000000000")]
    public async Task An_unknown_task_is_not_found(string id)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => Host.GetAsync(id));
        Assert.Equal(StatusCode.NotFound, refused.StatusCode);
    }

    [Fact]
    public async Task A_caller_without_a_valid_token_gets_nothing()
    {
        foreach (
            var headers in new[]
            {
                new Metadata(),
                new Metadata { { "authorization", "Bearer nonsense" } },
            }
        )
        {
            var refused = await Assert.ThrowsAsync<RpcException>(async () =>
                await Host.Client.GetMetricsAsync(new Empty(), headers, cancellationToken: Cancelled)
            );
            Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
        }
    }

    [Fact]
    public async Task The_list_is_newest_first_and_paged_by_cursor()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Insert(0, (await Host.CreateAsync(1)).Task.Id);
        }

        var first = await Host.Client.ListAsync(
            new ListTasksRequest { Limit = 3 },
            Host.As("ada"),
            cancellationToken: Cancelled
        );
        var second = await Host.Client.ListAsync(
            new ListTasksRequest { Limit = 3, Cursor = first.NextCursor },
            Host.As("ada"),
            cancellationToken: Cancelled
        );
        Assert.Equal(ids, first.Tasks.Concat(second.Tasks).Select(task => task.Id));
        Assert.Equal("", second.NextCursor);
        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await Host.Client.ListAsync(
                new ListTasksRequest { Cursor = "x" },
                Host.As("ada"),
                cancellationToken: Cancelled
            )
        );
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
    }

    [Theory]
    [InlineData("", "c b a")]
    [InlineData("createdAt", "a b c")]
    [InlineData("title", "c a b")]
    [InlineData("-title", "b a c")]
    [InlineData("count", "b c a")]
    [InlineData("-count", "a c b")]
    [InlineData("failures", "c b a")]
    public async Task The_list_is_sorted_as_asked_on_every_page(string sort, string expected)
    {
        var ids = new Dictionary<string, string>
        {
            [await NamedAsync("oak", 3)] = "a",
            [await NamedAsync("Pine", 1)] = "b",
            [await NamedAsync("elm", 2)] = "c",
        };
        var request = new ListTasksRequest { Limit = 2, Sort = sort };
        var first = await Host.Client.ListAsync(request, Host.As("ada"), cancellationToken: Cancelled);
        request.Cursor = first.NextCursor;
        var second = await Host.Client.ListAsync(request, Host.As("ada"), cancellationToken: Cancelled);

        Assert.Equal(expected, string.Join(' ', first.Tasks.Concat(second.Tasks).Select(task => ids[task.Id])));
        Assert.Equal("", second.NextCursor);

        async Task<string> NamedAsync(string title, int count) => (
                await Host.Client.CreateAsync(
                    new CreateTaskRequest
                    {
                        Spec = new GenerationSpec { Prompt = $"{title}: name", Count = count },
                    },
                    Host.As("ada"),
                    cancellationToken: Cancelled
                )
            ).Task.Id;
    }

    [Theory]
    [InlineData("")]
    [InlineData("createdAt")]
    [InlineData("count")]
    [InlineData("-title")]
    public async Task A_page_goes_on_though_the_task_that_ended_the_one_before_is_gone(string sort)
    {
        for (var i = 0; i < 5; i++)
        {
            await Host.CreateAsync(1 + i);
        }

        var request = new ListTasksRequest { Sort = sort };
        var all = (await Host.Client.ListAsync(request, Host.As("ada"), cancellationToken: Cancelled)).Tasks;
        request.Limit = 2;
        request.Cursor = (
            await Host.Client.ListAsync(request, Host.As("ada"), cancellationToken: Cancelled)
        ).NextCursor;
        await Host.Client.DeleteAsync(
            new TaskReference { Id = all[1].Id },
            Host.As("ada"),
            cancellationToken: Cancelled
        );
        var next = await Host.Client.ListAsync(request, Host.As("ada"), cancellationToken: Cancelled);

        Assert.Equal([all[2].Id, all[3].Id], next.Tasks.Select(task => task.Id));
    }

    [Theory]
    [InlineData("owner")]
    [InlineData("--title")]
    public async Task An_order_that_there_is_not_is_refused_by_its_name(string sort)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await Host.Client.ListAsync(
                new ListTasksRequest { Sort = sort },
                Host.As("ada"),
                cancellationToken: Cancelled
            )
        );
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Equal("sort", Assert.Single(ServiceFailure.Of(refused)!.Fields).Key);
    }

    [Fact]
    public async Task Too_many_tasks_in_a_minute_are_refused_with_a_time_to_try_again()
    {
        await using var strict = await TasksHost.StartAsync(
            new MemoryStore(),
            Runner.Address,
            Cancelled,
            ("DATAGEN_TASKS_PER_MINUTE", "2")
        );
        await strict.CreateAsync(1);
        await strict.CreateAsync(1);
        var refused = await Assert.ThrowsAsync<RpcException>(() => strict.CreateAsync(1));
        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        Assert.InRange(
            refused.GetRpcStatus()!.GetDetail<Google.Rpc.RetryInfo>()!.RetryDelay.ToTimeSpan(),
            TimeSpan.FromSeconds(1),
            TimeSpan.FromSeconds(60)
        );
        await strict.CreateAsync(1, owner: "bob");
    }

    [Fact]
    public async Task Watching_shows_the_progress_and_ends_with_the_end()
    {
        var goOn = new TaskCompletionSource();
        Runner.Before = (index, _) => index < 3 ? Task.CompletedTask : goOn.Task;
        var id = (await Host.CreateAsync(6)).Task.Id;
        using var call = Host.Client.Watch(new TaskReference { Id = id }, Host.As("ada"), cancellationToken: Cancelled);
        var seen = new List<TaskProgress>();
        await foreach (var progress in call.ResponseStream.ReadAllAsync(Cancelled))
        {
            seen.Add(progress);
            if (progress.Task.Completed == 3)
            {
                goOn.TrySetResult();
            }
        }

        Assert.Equal(GenerationTaskStatus.Succeeded, seen[^1].Task.Status);
        Assert.Equal([(0, 5)], seen[^1].Good.Select(range => (range.First, range.Last)));
        Assert.Empty(seen[^1].InFlight);
        Assert.Contains(
            seen,
            progress => progress.Task.Completed == 3 && progress.InFlight.Any(record => record.Index == 3)
        );
        Assert.Equal(seen.Select(progress => progress.Version).Order(), seen.Select(progress => progress.Version));
    }

    [Fact]
    public async Task Records_can_be_read_by_index_and_newest_first()
    {
        var id = (await Host.CreateAsync(30)).Task.Id;
        await Host.EndAsync(id, Cancelled);
        var page = await Host.Client.ListRecordsAsync(
            new ListRecordsRequest
            {
                Id = id,
                Offset = 10,
                Limit = 5,
            },
            Host.As("ada"),
            cancellationToken: Cancelled
        );
        Assert.Equal((30, "10,11,12,13,14"), (page.Total, string.Join(',', page.Items.Select(record => record.Index))));
        var newest = await Host.Client.ListRecordsAsync(
            new ListRecordsRequest
            {
                Id = id,
                Offset = 1,
                Limit = 3,
                Order = RecordOrder.Newest,
            },
            Host.As("ada"),
            cancellationToken: Cancelled
        );
        Assert.Equal(
            "28,27,26",
            string.Join(',', newest.Items.Select(record => record.Index.ToString(CultureInfo.InvariantCulture)))
        );
        Assert.Empty(
            (
                await Host.Client.ListRecordsAsync(
                    new ListRecordsRequest { Id = id, Offset = 30 },
                    Host.As("ada"),
                    cancellationToken: Cancelled
                )
            ).Items
        );
    }

    [Fact]
    public async Task An_unfinished_task_is_exported_only_when_a_part_will_do()
    {
        Runner.Before = (index, token) => index < 4 ? Task.CompletedTask : Task.Delay(Timeout.Infinite, token);
        var id = (await Host.CreateAsync(10)).Task.Id;
        await Eventually.GetAsync(() => Host.GetAsync(id), detail => detail.Task.Completed == 4);
        var refused = await Assert.ThrowsAsync<RpcException>(() => Host.ExportAsync(id, ExportFormat.Json));
        Assert.Equal(StatusCode.FailedPrecondition, refused.StatusCode);
        Assert.Equal(
            4,
            JsonDocument
                .Parse(await Host.ExportAsync(id, ExportFormat.Json, partial: true))
                .RootElement.GetArrayLength()
        );
    }
}
