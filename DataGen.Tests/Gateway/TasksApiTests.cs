using System.Net;
using System.Net.Http.Json;
using System.Text;
using DataGen.Contracts;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace DataGen.Tests.Gateway;

public sealed class TasksApiTests
{
    private const string SampleTask = """
        "id":"0197a0b0-0000-7000-8000-000000000001","owner":"ann","title":"A customer.","prompt":"A customer.","count":3,"createdAt":"2026-11-22T10:00:00Z","startedAt":"2026-11-22T10:00:01Z","status":"running","completed":1,"failures":0,"tokens":{"input":10,"output":20},"recordsPerSecond":0,"dataBytes":0,"spent":{"calls":0,"tokens":0}
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_created_task_is_answered_whole_with_its_address()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        CreateTaskRequest? seen = null;
        gateway.Tasks.OnCreate = request =>
        {
            seen = request;
            return new TaskDetail { Task = FakeTasks.Sample() };
        };

        using var response = await ann.PostAsync(
            "/api/tasks",
            HttpAnswers.Json(
                """{"prompt":"A customer.","count":3,"title":"Customers","temperature":0.2,"maxTokens":256,"concurrency":4}"""
            ),
            Ct
        );

        Assert.Equal(
            $$"""{{{SampleTask}},"inFlight":[],"errors":[],"errorGroups":[],"history":[]}""",
            (await response.JsonAsync(HttpStatusCode.Created)).ToJsonString()
        );
        Assert.Equal("/api/tasks/0197a0b0-0000-7000-8000-000000000001", response.Headers.Location?.OriginalString);
        Assert.Equal(
            new CreateTaskRequest
            {
                Spec = new GenerationSpec
                {
                    Prompt = "A customer.",
                    Count = 3,
                    Temperature = 0.2,
                    MaxTokens = 256,
                    Concurrency = 4,
                },
                Title = "Customers",
            },
            seen
        );
        Assert.Equal([("Create", "ann", "user")], gateway.Tasks.Calls);
    }

    [Fact]
    public async Task What_the_caller_leaves_out_Tasks_does_not_get()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        CreateTaskRequest? seen = null;
        gateway.Tasks.OnCreate = request =>
        {
            seen = request;
            return new TaskDetail { Task = FakeTasks.Sample() };
        };

        Assert.Equal(
            HttpStatusCode.Created,
            await ann.PostAsync(
                    "/api/tasks",
                    HttpAnswers.Json("""{"count":3,"prompt":"A customer.","temperature":null}"""),
                    Ct
                )
                .StatusAsync()
        );

        Assert.Equal(
            new CreateTaskRequest
            {
                Spec = new GenerationSpec { Prompt = "A customer.", Count = 3 },
            },
            seen
        );
    }

    [Fact]
    public async Task A_task_shows_what_is_in_flight_what_failed_and_how_it_went()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        gateway.Tasks.OnGet = request => new TaskDetail
        {
            Task = request is { Id: "1", Owner: "" } ? FakeTasks.Sample() : null,
            InFlight =
            {
                new InFlightRecord
                {
                    Index = 2,
                    Attempt = 3,
                    State = InFlightState.Retrying,
                    StartedAt = At(2),
                },
            },
            Errors =
            {
                new RecordError { Index = 1, Message = "HTTP 400" },
            },
            ErrorGroups =
            {
                new ErrorGroup
                {
                    Message = "HTTP 400",
                    Count = 2,
                    FirstIndex = 1,
                },
                new ErrorGroup
                {
                    Message = "other",
                    Count = 1,
                    FirstIndex = 9,
                },
            },
            History =
            {
                new HistoryPoint { At = At(3), Completed = 1 },
                new HistoryPoint
                {
                    At = At(4),
                    Completed = 5,
                    Failures = 3,
                    LatencyP50Ms = 812.5,
                    LatencyP95Ms = 2100,
                },
            },
        };

        Assert.Equal(
            $$"""
            {{{SampleTask}},"inFlight":[{"index":2,"attempt":3,"state":"retrying","startedAt":"2026-11-22T10:00:02Z"}],"errors":[{"index":1,"message":"HTTP 400"}],
            "errorGroups":[{"message":"HTTP 400","count":2,"firstIndex":1},{"message":"other","count":1,"firstIndex":9}],
            "history":[{"at":"2026-11-22T10:00:03Z","completed":1,"failures":0,"latencyP50Ms":0,"latencyP95Ms":0},{"at":"2026-11-22T10:00:04Z","completed":5,"failures":3,"latencyP50Ms":812.5,"latencyP95Ms":2100}]}
            """.Replace("\n", "", StringComparison.Ordinal),
            await ann.GetStringAsync("/api/tasks/1", Ct)
        );
    }

    [Theory]
    [InlineData(GenerationTaskStatus.Queued, "queued")]
    [InlineData(GenerationTaskStatus.Running, "running")]
    [InlineData(GenerationTaskStatus.Succeeded, "succeeded")]
    [InlineData(GenerationTaskStatus.Failed, "failed")]
    [InlineData(GenerationTaskStatus.Cancelled, "cancelled")]
    public async Task The_statuses_have_the_briefs_names(GenerationTaskStatus status, string name)
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        gateway.Tasks.OnGet = _ => new TaskDetail { Task = FakeTasks.Sample(status) };

        Assert.Equal(name, (string?)(await ann.GetAsync("/api/tasks/1", Ct).JsonAsync())["status"]);
    }

    [Fact]
    public async Task An_ended_task_says_when_and_why_and_with_what()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        var task = FakeTasks.Sample(GenerationTaskStatus.Failed);
        (task.FailureReason, task.WaitingReason, task.Spec.Temperature, task.Spec.MaxTokens, task.Spec.Concurrency) = (
            "The key was refused.",
            "Waiting.",
            0.5,
            64,
            2
        );
        (task.RecordsPerSecond, task.DataBytes) = (12.5, 5_000_000_000);
        gateway.Tasks.OnGet = _ => new TaskDetail { Task = task };

        var answer = await ann.GetAsync("/api/tasks/1", Ct).JsonAsync();

        Assert.Equal((12.5, 5_000_000_000), ((double)answer["recordsPerSecond"]!, (long)answer["dataBytes"]!));
        Assert.Equal(
            ("2026-11-22T10:00:09Z", "The key was refused.", "Waiting.", 0.5, 64, 2),
            (
                (string?)answer["finishedAt"],
                (string?)answer["failureReason"],
                (string?)answer["waitingReason"],
                (double)answer["temperature"]!,
                (int)answer["maxTokens"]!,
                (int)answer["concurrency"]!
            )
        );
    }

    [Fact]
    public async Task The_list_passes_its_page_on_and_says_where_the_next_begins()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var admin = await gateway.SignInAsAdminAsync();
        gateway.Tasks.OnList = request =>
            request is { Limit: 2, Cursor: "c1", Owner: "ann" }
                ? new ListTasksResponse
                {
                    Tasks = { FakeTasks.Sample() },
                    NextCursor = "c2",
                    Total = 7,
                }
                : new ListTasksResponse();

        Assert.Equal(
            $$"""{"items":[{{{SampleTask}}}],"total":7,"nextCursor":"c2"}""",
            await admin.GetStringAsync("/api/tasks?limit=2&cursor=c1&owner=ann", Ct)
        );
        Assert.Equal("""{"items":[],"total":0}""", await admin.GetStringAsync("/api/tasks", Ct));
        Assert.All(gateway.Tasks.Calls, call => Assert.Equal(("List", "admin", "admin"), call));
    }

    [Theory]
    [InlineData(
        "status=running,failed&q=an%20Ann%20%C3%A9",
        new[] { GenerationTaskStatus.Running, GenerationTaskStatus.Failed },
        "an Ann é"
    )]
    [InlineData(
        "status=running&status=failed",
        new[] { GenerationTaskStatus.Running, GenerationTaskStatus.Failed },
        ""
    )]
    [InlineData(
        "status=queued,%20succeeded&status=cancelled,queued",
        new[] { GenerationTaskStatus.Queued, GenerationTaskStatus.Succeeded, GenerationTaskStatus.Cancelled },
        ""
    )]
    [InlineData("status=&q=", new GenerationTaskStatus[0], "")]
    public async Task The_list_is_filtered_by_status_and_text(
        string query,
        GenerationTaskStatus[] statuses,
        string text
    )
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        ListTasksRequest? seen = null;
        gateway.Tasks.OnList = request =>
        {
            seen = request;
            return new ListTasksResponse();
        };

        Assert.Equal(HttpStatusCode.OK, await ann.GetAsync($"/api/tasks?{query}", Ct).StatusAsync());

        Assert.Equal(new ListTasksRequest { Statuses = { statuses }, Text = text }, seen);
    }

    [Fact]
    public async Task The_list_is_sorted_and_shows_what_failed_on_request()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        ListTasksRequest? seen = null;
        gateway.Tasks.OnList = request =>
        {
            seen = request;
            return new ListTasksResponse();
        };

        Assert.Equal(HttpStatusCode.OK, await ann.GetAsync("/api/tasks?failures=true&sort=-count", Ct).StatusAsync());

        Assert.Equal(new ListTasksRequest { Failures = true, Sort = "-count" }, seen);
    }

    [Fact]
    public async Task Records_are_passed_on_as_the_model_wrote_them()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        gateway.Tasks.OnListRecords = request =>
            request is { Id: "1", Offset: 5, Limit: 2 }
                ? new ListRecordsResponse
                {
                    Total = 9,
                    Items =
                    {
                        Record(5, """{"z":1.50,"a":"é"}"""),
                        new GeneratedRecord
                        {
                            Index = 6,
                            Error = "no JSON",
                            Attempts = 3,
                            DurationMs = 70,
                        },
                    },
                }
                : new ListRecordsResponse();

        Assert.Equal(
            """{"items":[{"index":5,"ok":true,"attempts":1,"durationMs":12,"data":{"z":1.50,"a":"é"},"tokens":{"input":3,"output":4}},{"index":6,"ok":false,"attempts":3,"durationMs":70,"error":"no JSON"}],"total":9}""",
            await ann.GetStringAsync("/api/tasks/1/records?offset=5&limit=2", Ct)
        );
    }

    [Fact]
    public async Task Results_are_in_index_order_with_null_for_what_failed_or_is_missing()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        gateway.Tasks.OnGet = _ => new TaskDetail { Task = FakeTasks.Sample(count: 6) };
        GeneratedRecord[] all = [Record(1, """{"n":1}"""), new() { Index = 2, Error = "no" }, Record(4, """{"n":4}""")];
        gateway.Tasks.OnListRecords = request => new ListRecordsResponse
        {
            Total = 3,
            Items = { all.Skip(request.Offset).Take(2) },
        };

        var answer = await ann.GetAsync("/api/tasks/1?results=true", Ct).JsonAsync();

        Assert.Equal("""[null,{"n":1},null,null,{"n":4},null]""", answer["results"]!.ToJsonString());
        Assert.Equal(("running", 6), ((string?)answer["status"], (int)answer["count"]!));
        Assert.NotNull(answer["inFlight"]);
    }

    [Fact]
    public async Task Results_of_a_task_that_is_still_running_have_each_index_once()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        gateway.Tasks.OnGet = _ => new TaskDetail { Task = FakeTasks.Sample(count: 6) };
        var ended = new SortedDictionary<int, GeneratedRecord>
        {
            [2] = Record(2, "2"),
            [3] = Record(3, "3"),
            [5] = Record(5, "5"),
        };
        gateway.Tasks.OnListRecords = request =>
        {
            var page = new ListRecordsResponse
            {
                Total = ended.Count,
                Items = { ended.Values.Skip(request.Offset).Take(2) },
            };
            ended[0] = Record(0, "0");
            return page;
        };

        Assert.Equal(
            "[null,null,2,3,null,5]",
            (await ann.GetAsync("/api/tasks/1?results=true", Ct).JsonAsync())["results"]!.ToJsonString()
        );
    }

    [Fact]
    public async Task Results_of_many_records_are_all_there()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        gateway.Tasks.OnGet = _ => new TaskDetail { Task = FakeTasks.Sample(count: 2000) };
        gateway.Tasks.OnListRecords = request => new ListRecordsResponse
        {
            Total = 2000,
            Items =
            {
                Enumerable
                    .Range(request.Offset, request.Limit)
                    .Select(i => Record(i, $$"""{"n":{{i}},"text":"{{new string('x', 500)}}"}""")),
            },
        };

        var results = (await ann.GetAsync("/api/tasks/1?results=true", Ct).JsonAsync())["results"]!.AsArray();

        Assert.Equal(Enumerable.Range(0, 2000), results.Select(record => (int)record!["n"]!));
    }

    [Fact]
    public async Task Results_that_break_off_are_no_whole_answer()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        gateway.Tasks.OnGet = _ => new TaskDetail { Task = FakeTasks.Sample(count: 2000) };
        gateway.Tasks.OnListRecords = request =>
            request.Offset > 500
                ? throw FakeTasks.NotFound()
                : new ListRecordsResponse
                {
                    Total = 2000,
                    Items =
                    {
                        Enumerable.Range(request.Offset, 100).Select(i => Record(i, $"\"{new string('x', 500)}\"")),
                    },
                };

        await Assert.ThrowsAsync<HttpRequestException>(() => ann.GetStringAsync("/api/tasks/1?results=true", Ct));
    }

    [Fact]
    public async Task Cancelling_answers_with_the_task_as_it_is_now()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();

        var answer = await ann.PostAsync("/api/tasks/1/cancel", null, Ct).JsonAsync();

        Assert.Equal("cancelled", (string?)answer["status"]);
        Assert.Equal([("Cancel", "ann", "user")], gateway.Tasks.Calls);
    }

    [Fact]
    public async Task Retrying_answers_with_the_task_as_it_is_now()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        gateway.Tasks.OnRetry = request =>
            request is { Id: "1", Owner: "" }
                ? new TaskDetail { Task = FakeTasks.Sample() }
                : throw FakeTasks.NotFound();

        var answer = await ann.PostAsync("/api/tasks/1/retry", null, Ct).JsonAsync();

        Assert.Equal(
            $$"""{{{SampleTask}},"inFlight":[],"errors":[],"errorGroups":[],"history":[]}""",
            answer.ToJsonString()
        );
        Assert.Equal([("Retry", "ann", "user")], gateway.Tasks.Calls);
    }

    [Fact]
    public async Task A_budget_is_set_and_the_task_tells_what_it_cost_and_why_it_stopped()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        SetBudgetRequest? asked = null;
        gateway.Tasks.OnSetBudget = request =>
        {
            asked = request;
            var task = FakeTasks.Sample(GenerationTaskStatus.Cancelled);
            task.Spec.Sampling = """{"seed":1,"budget":{"calls":900,"cost":1.5,"until":"2026-12-01T05:00:00Z"}}""";
            task.Calls = 700;
            task.Spent = new TokenUsage { Input = 20, Output = 3 };
            task.Cost = 0.25;
            task.Rejected = new Rejections
            {
                Invalid = 4,
                Rule = 1,
                Duplicate = 2,
            };
            task.StoppedBy = "budget";
            return new TaskDetail { Task = task };
        };

        var answer = await ann.PostAsync(
                "/api/tasks/1/budget",
                HttpAnswers.Json("""{"calls":900,"tokens":5,"cost":1.5,"until":"2026-12-01T06:00:00+01:00"}"""),
                Ct
            )
            .JsonAsync();

        Assert.Equal((900L, 5L, 1.5, "1", ""), (asked!.Calls, asked.Tokens, asked.Cost, asked.Id, asked.Owner));
        Assert.Equal(new DateTime(2026, 12, 1, 5, 0, 0, DateTimeKind.Utc), asked.Until.ToDateTime());
        Assert.Equal(
            """{"calls":900,"cost":1.5,"until":"2026-12-01T05:00:00+00:00"}""",
            answer["budget"]!.ToJsonString().Replace("\\u002B", "+", StringComparison.Ordinal)
        );
        Assert.Equal("""{"calls":700,"tokens":23,"cost":0.25}""", answer["spent"]!.ToJsonString());
        Assert.Equal("""{"invalid":4,"rule":1,"duplicate":2,"near":0}""", answer["rejected"]!.ToJsonString());
        Assert.Equal("budget", (string?)answer["stoppedBy"]);
    }

    [Fact]
    public async Task A_retry_may_give_the_records_more_tokens()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        RetryTaskRequest? asked = null;
        gateway.Tasks.OnRetry = request =>
        {
            asked = request;
            return new TaskDetail { Task = FakeTasks.Sample() };
        };

        using var answer = await ann.PostAsJsonAsync("/api/tasks/1/retry", new { maxTokens = 2048 }, Ct);

        Assert.Equal(
            (HttpStatusCode.OK, new RetryTaskRequest { Id = "1", MaxTokens = 2048 }),
            (answer.StatusCode, asked)
        );
    }

    [Fact]
    public async Task The_last_answer_of_a_failed_record_is_shown()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        gateway.Tasks.OnListRecords = _ => new ListRecordsResponse
        {
            Total = 1,
            Items =
            {
                new GeneratedRecord
                {
                    Index = 0,
                    Attempts = 2,
                    Error = "The answer holds no JSON object.",
                    Answer = "I'm sorry.",
                },
            },
        };

        var page = await ann.GetAsync("/api/tasks/1/records", Ct).JsonAsync();

        Assert.Equal("I'm sorry.", (string?)page["items"]![0]!["answer"]);
    }

    [Fact]
    public async Task A_deleted_task_is_gone_and_deleting_it_again_is_404()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        var tasks = new HashSet<string> { "1" };
        gateway.Tasks.OnDelete = request =>
            request.Owner.Length == 0 && tasks.Remove(request.Id) ? new Empty() : throw FakeTasks.NotFound();

        using var deleted = await ann.DeleteAsync("/api/tasks/1", Ct);

        Assert.Equal((HttpStatusCode.NoContent, ""), (deleted.StatusCode, await deleted.Content.ReadAsStringAsync(Ct)));
        Assert.Equal(
            "There is no such task.",
            (string?)(await ann.DeleteAsync("/api/tasks/1", Ct).JsonAsync(HttpStatusCode.NotFound))["detail"]
        );
        Assert.Equal([("Delete", "ann", "user"), ("Delete", "ann", "user")], gateway.Tasks.Calls);
    }

    [Fact]
    public async Task An_administrator_may_name_whose_task_it_is()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var admin = await gateway.SignInAsAdminAsync();
        var owners = new List<string>();
        gateway.Tasks.OnCancel = request =>
            Note(request.Owner, new TaskDetail { Task = FakeTasks.Sample(GenerationTaskStatus.Cancelled) });
        gateway.Tasks.OnRetry = request => Note(request.Owner, new TaskDetail { Task = FakeTasks.Sample() });
        gateway.Tasks.OnDelete = request => Note(request.Owner, new Empty());

        Assert.Equal(HttpStatusCode.OK, await admin.PostAsync("/api/tasks/1/cancel?owner=ann", null, Ct).StatusAsync());
        Assert.Equal(HttpStatusCode.OK, await admin.PostAsync("/api/tasks/1/retry?owner=bob", null, Ct).StatusAsync());
        Assert.Equal(HttpStatusCode.NoContent, await admin.DeleteAsync("/api/tasks/1?owner=cid", Ct).StatusAsync());

        Assert.Equal(["ann", "bob", "cid"], owners);
        Assert.All(gateway.Tasks.Calls, call => Assert.Equal(("admin", "admin"), (call.Username, call.Role)));

        T Note<T>(string owner, T answer)
        {
            owners.Add(owner);
            return answer;
        }
    }

    [Fact]
    public async Task A_csv_export_can_be_made_safe_for_spreadsheets()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        var seen = new List<ExportTaskRequest>();
        gateway.Tasks.OnExport = request =>
        {
            seen.Add(request);
            return File("text/csv; charset=utf-8; header=present", "a.csv", "a\r\n"u8.ToArray());
        };

        Assert.Equal(
            "a\r\n",
            await ann.GetStringAsync("/api/tasks/1/export?format=csv&formulaGuard=true&bom=true", Ct)
        );
        Assert.Equal("a\r\n", await ann.GetStringAsync("/api/tasks/1/export?format=csv", Ct));

        Assert.Equal(
            [
                new ExportTaskRequest
                {
                    Id = "1",
                    Format = ExportFormat.Csv,
                    FormulaGuard = true,
                    ByteOrderMark = true,
                },
                new ExportTaskRequest { Id = "1", Format = ExportFormat.Csv },
            ],
            seen
        );
    }

    [Fact]
    public async Task A_parquet_export_is_passed_on_byte_by_byte()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        var bytes = Enumerable.Range(0, 100_000).Select(i => (byte)(i * 7)).ToArray();
        gateway.Tasks.OnExport = request => File("application/vnd.apache.parquet", $"{request.Format}.parquet", bytes);

        using var response = await ann.GetAsync("/api/tasks/1/export?format=parquet", Ct);

        Assert.Equal(bytes, await response.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal(
            ("application/vnd.apache.parquet", "attachment; filename=Parquet.parquet"),
            (response.Content.Headers.ContentType?.ToString(), response.Content.Headers.ContentDisposition?.ToString())
        );
    }

    [Fact]
    public async Task An_export_that_is_refused_after_its_header_is_409_and_no_file()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        gateway.Tasks.OnExport = _ => Refused();

        using var response = await ann.GetAsync("/api/tasks/1/export?format=csv", Ct);

        Assert.Equal("Too many columns.", (string?)(await response.JsonAsync(HttpStatusCode.Conflict))["detail"]);
        Assert.Null(response.Content.Headers.ContentDisposition);

        static async IAsyncEnumerable<ExportChunk> Refused()
        {
            yield return new ExportChunk
            {
                Header = new ExportHeader { ContentType = "text/csv", FileName = "a.csv" },
            };
            await Task.Yield();
            throw new Grpc.Core.RpcException(
                new Grpc.Core.Status(Grpc.Core.StatusCode.FailedPrecondition, "Too many columns.")
            );
        }
    }

    [Fact]
    public async Task An_export_is_an_attachment_that_streams()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        var rest = new TaskCompletionSource();
        gateway.Tasks.OnExport = request => Chunks(request, rest.Task);

        using var response = await ann.GetAsync(
            "/api/tasks/1/export?format=jsonl&partial=true",
            HttpCompletionOption.ResponseHeadersRead,
            Ct
        );
        await using var body = await response.Content.ReadAsStreamAsync(Ct);
        var buffer = new byte[100];
        var first = await body.ReadAsync(buffer, Ct);
        Assert.Equal("{\"n\":0}\n", Encoding.UTF8.GetString(buffer, 0, first));
        rest.SetResult();
        using var reader = new StreamReader(body);

        Assert.Equal("{\"n\":1}\n", await reader.ReadToEndAsync(Ct));
        Assert.Equal(
            ("application/jsonl; charset=utf-8", "attachment; filename=customers.jsonl"),
            (response.Content.Headers.ContentType?.ToString(), response.Content.Headers.ContentDisposition?.ToString())
        );

        static async IAsyncEnumerable<ExportChunk> Chunks(ExportTaskRequest request, Task rest)
        {
            Assert.Equal(
                new ExportTaskRequest
                {
                    Id = "1",
                    Format = ExportFormat.Jsonl,
                    Partial = true,
                },
                request
            );
            yield return new ExportChunk
            {
                Header = new ExportHeader
                {
                    ContentType = "application/jsonl; charset=utf-8",
                    FileName = "customers.jsonl",
                },
            };
            yield return new ExportChunk { Data = ByteString.CopyFromUtf8("{\"n\":0}\n") };
            await rest;
            yield return new ExportChunk { Data = ByteString.CopyFromUtf8("{\"n\":1}\n") };
        }
    }

    [Fact]
    public async Task An_export_of_a_task_that_runs_is_409()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        gateway.Tasks.OnExport = _ =>
            throw new Grpc.Core.RpcException(
                new Grpc.Core.Status(Grpc.Core.StatusCode.FailedPrecondition, "The task has not finished.")
            );

        Assert.Equal(
            "The task has not finished.",
            (string?)
                (await ann.GetAsync("/api/tasks/1/export?format=json", Ct).JsonAsync(HttpStatusCode.Conflict))["detail"]
        );
    }

    [Fact]
    public async Task An_export_that_breaks_off_is_no_whole_file()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        gateway.Tasks.OnExport = _ => Broken();

        await Assert.ThrowsAsync<HttpRequestException>(() => ann.GetStringAsync("/api/tasks/1/export?format=json", Ct));

        static async IAsyncEnumerable<ExportChunk> Broken()
        {
            yield return new ExportChunk
            {
                Header = new ExportHeader { ContentType = "application/json", FileName = "a.json" },
            };
            yield return new ExportChunk { Data = ByteString.CopyFromUtf8("[{\"n\":0},") };
            await Task.Yield();
            throw FakeTasks.NotFound();
        }
    }

    private static Timestamp At(int second) =>
        Timestamp.FromDateTime(new DateTime(2026, 11, 22, 10, 0, second, DateTimeKind.Utc));

    private static async IAsyncEnumerable<ExportChunk> File(string contentType, string name, byte[] bytes)
    {
        yield return new ExportChunk
        {
            Header = new ExportHeader { ContentType = contentType, FileName = name },
        };
        foreach (var part in bytes.Chunk(64 * 1024))
        {
            await Task.Yield();
            yield return new ExportChunk { Data = ByteString.CopyFrom(part) };
        }
    }

    private static GeneratedRecord Record(int index, string json) =>
        new()
        {
            Index = index,
            Data = ByteString.CopyFromUtf8(json),
            Attempts = 1,
            Tokens = new TokenUsage { Input = 3, Output = 4 },
            DurationMs = 12,
        };
}
