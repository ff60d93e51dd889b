using System.Net;
using DataGen.Contracts;

namespace DataGen.Tests.Gateway;

public sealed class DefinitionsApiTests
{
    private const string Samplers = """{"plan":{"type":"category","weights":{"free":70,"pro":30}}}""";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_check_tells_the_exact_table_and_makes_no_call()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();

        var answer = await ann.PostAsync(
                "/api/definitions/check",
                HttpAnswers.Json($$$"""{"prompt":"A {{plan}} customer","count":1000,"samplers":{{{Samplers}}}}"""),
                Ct
            )
            .JsonAsync();

        Assert.Equal(
            """{"errors":[],"plan":{"plan":{"free":700,"pro":300} },"calls":5050}""".Replace(
                " ",
                "",
                StringComparison.Ordinal
            ),
            answer.ToJsonString()
        );
        Assert.Empty(gateway.Tasks.Calls);
    }

    [Fact]
    public async Task A_check_names_what_is_wrong_by_its_path()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();

        var answer = await ann.PostAsync(
                "/api/definitions/check",
                HttpAnswers.Json(
                    """{"prompt":"p","count":10,"samplers":{"plan":{"type":"category","weights":{"a":-1}}}}"""
                ),
                Ct
            )
            .JsonAsync();

        Assert.Equal(
            """{"errors":[{"path":"samplers.plan.weights.a","message":"has to be a number above 0, at most 1000000000."}]}""",
            answer.ToJsonString()
        );
    }

    [Fact]
    public async Task A_check_says_how_much_can_differ_and_what_contradicts_itself()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();

        var answer = await ann.PostAsync(
                "/api/definitions/check",
                HttpAnswers.Json(
                    """{"prompt":"p","count":7,"unique":[["a"]],"schema":{"type":"object","properties":{"a":{"enum":[1,2]}}}}"""
                ),
                Ct
            )
            .JsonAsync();

        Assert.Equal(
            """{"errors":[{"path":"unique[0]","message":"can be kept by 2 records at most, which differ in a; 7 are asked for."}],"plan":{},"capacity":2,"calls":85}""",
            answer.ToJsonString()
        );
    }

    [Fact]
    public async Task Every_member_of_a_definition_reaches_Tasks_and_comes_back()
    {
        const string members = """
            "samplers":{"k":{"type":"uuid"}},"schema":{"type":"object","properties":{}},"examples":[{}],"unique":true,"near":{"field":"a"},"rules":[],"budget":{"calls":9}
            """;
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        GenerationSpec? spec = null;
        gateway.Tasks.OnCreate = request =>
        {
            spec = request.Spec;
            return new TaskDetail { Task = FakeTasks.Sample() };
        };
        gateway.Tasks.OnGet = _ =>
        {
            var task = FakeTasks.Sample();
            task.Spec = spec;
            return new TaskDetail { Task = task };
        };

        Assert.Equal(
            HttpStatusCode.Created,
            await ann.PostAsync(
                    "/api/tasks",
                    HttpAnswers.Json($$"""{"prompt":"A customer","count":10,{{members}}}"""),
                    Ct
                )
                .StatusAsync()
        );

        Assert.Equal($$"""{"seed":0,{{members}}}""", spec!.Sampling);
        Assert.Equal(
            $$"""{"prompt":"A customer","count":10,"seed":0,{{members}}}""",
            await ann.GetStringAsync("/api/tasks/1/definition", Ct)
        );
    }

    [Fact]
    public async Task Samplers_of_a_new_task_reach_Tasks_and_come_back_as_definition_and_plan()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        GenerationSpec? spec = null;
        gateway.Tasks.OnCreate = request =>
        {
            spec = request.Spec;
            return new TaskDetail { Task = FakeTasks.Sample() };
        };
        gateway.Tasks.OnGet = _ =>
        {
            var task = FakeTasks.Sample();
            task.Spec = spec;
            return new TaskDetail { Task = task };
        };

        Assert.Equal(
            HttpStatusCode.Created,
            await ann.PostAsync(
                    "/api/tasks",
                    HttpAnswers.Json($$"""{"prompt":"A customer","count":10,"seed":5,"samplers":{{Samplers}}}"""),
                    Ct
                )
                .StatusAsync()
        );
        Assert.Equal($$"""{"seed":5,"samplers":{{Samplers}}}""", spec!.Sampling);
        Assert.Equal(
            $$"""{"prompt":"A customer","count":10,"seed":5,"samplers":{{Samplers}}}""",
            await ann.GetStringAsync("/api/tasks/1/definition", Ct)
        );
        var plan = await ann.GetAsync("/api/tasks/1/plan?offset=2&limit=50", Ct).JsonAsync();
        Assert.Equal(10, (int)plan["total"]!);
        Assert.Equal(Enumerable.Range(2, 8), plan["items"]!.AsArray().Select(item => (int)item!["index"]!));
        var whole = await ann.GetAsync("/api/tasks/1/plan", Ct).JsonAsync();
        Assert.Equal(7, whole["items"]!.AsArray().Count(item => (string?)item!["values"]!["plan"] == "free"));
        Assert.Equal(["limit"], await ann.GetAsync("/api/tasks/1/plan?limit=1001", Ct).WrongFieldsAsync());
    }

    [Fact]
    public async Task A_schema_of_a_new_task_reaches_Tasks_word_for_word_and_comes_back_in_the_definition()
    {
        const string schema = """{"type":"object","properties":{"a":{"minimum":1.50,"title":"\u00e9\ud800"}}}""";
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        GenerationSpec? spec = null;
        gateway.Tasks.OnCreate = request =>
        {
            spec = request.Spec;
            return new TaskDetail { Task = FakeTasks.Sample() };
        };

        Assert.Equal(
            HttpStatusCode.Created,
            await ann.PostAsync(
                    "/api/tasks",
                    HttpAnswers.Json($$"""{"prompt":"A customer","count":10,"schema":{{schema}}}"""),
                    Ct
                )
                .StatusAsync()
        );

        Assert.Equal($$"""{"seed":0,"schema":{{schema}}}""", spec!.Sampling);
    }

    [Theory]
    [InlineData(
        """{"prompt":"p","count":1,"samplers":{"s":{"type":"values","values":["\ud800"]}}}""",
        "samplers.s.values[0]"
    )]
    [InlineData("""{"prompt":"p","count":1,"samplers":{"s":{"\ud800":1}}}""", "samplers.s")]
    [InlineData("""{"prompt":"\ud800","count":1}""", "prompt")]
    [InlineData(
        """{"prompt":"p","count":1,"schema":{"type":"object","properties":{"\udc00":{}}}}""",
        "schema.properties"
    )]
    public async Task Half_a_surrogate_pair_in_a_definition_is_told_by_its_path(string definition, string path)
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();

        var answer = await ann.PostAsync("/api/definitions/check", HttpAnswers.Json(definition), Ct).JsonAsync();

        Assert.Equal(
            (path, "holds half a surrogate pair."),
            ((string)answer["errors"]![0]!["path"]!, (string)answer["errors"]![0]!["message"]!)
        );
    }

    [Fact]
    public async Task A_preview_asks_for_what_a_task_would_ask_for_and_tells_all_that_happened()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        PreviewRequest? asked = null;
        gateway.Tasks.OnPreview = request =>
        {
            asked = request;
            return new PreviewReply
            {
                ResponseFormat = "json_schema",
                Records =
                {
                    new PreviewedRecord
                    {
                        Record = new GeneratedRecord
                        {
                            Index = 0,
                            Data = Google.Protobuf.ByteString.CopyFromUtf8("""{"plan":"free"}"""),
                            Attempts = 2,
                            DurationMs = 30,
                        },
                        Sampled = """{"plan":"free"}""",
                        Rejections =
                        {
                            new PreviewedRejection { Kind = RejectionKind.Rule, Message = "No." },
                        },
                        Messages =
                        {
                            new PromptMessage { Role = "user", Text = "A free customer" },
                        },
                    },
                    new PreviewedRecord
                    {
                        Record = new GeneratedRecord
                        {
                            Index = 5,
                            Error = "Too late.",
                            Attempts = 1,
                        },
                    },
                },
                Estimate = new Estimate
                {
                    Calls = new EstimatedRange { Low = 10, High = 14.2 },
                    InputTokens = new EstimatedRange { Low = 100.5, High = 200 },
                    OutputTokens = new EstimatedRange { Low = 20, High = 30 },
                    Seconds = new EstimatedRange { Low = 1.26, High = 3.01 },
                },
            };
        };

        var answer = await ann.PostAsync(
                "/api/previews",
                HttpAnswers.Json(
                    $$$"""{"definition":{"prompt":"A {{plan}} customer","count":10,"maxTokens":99,"samplers":{{{Samplers}}}},"records":2}"""
                ),
                Ct
            )
            .JsonAsync();

        Assert.Equal(
            (2, 10, 99, $$"""{"seed":0,"samplers":{{Samplers}}}"""),
            (asked!.Records, asked.Spec.Count, asked.Spec.MaxTokens, asked.Spec.Sampling)
        );
        Assert.Equal(
            """
            {"records":[
            {"index":0,"ok":true,"attempts":2,"durationMs":30,"rejections":[{"kind":"rule","message":"No."}],"messages":[{"role":"user","content":"A free customer"}],"data":{"plan":"free"},"sampled":{"plan":"free"}},
            {"index":5,"ok":false,"attempts":1,"durationMs":0,"rejections":[],"messages":[],"error":"Too late."}],
            "estimate":{"calls":{"low":10,"high":15},"tokens":{"low":120,"high":230},"seconds":{"low":1.2,"high":3.1},"plan":{"plan":{"free":7,"pro":3}}},"responseFormat":"json_schema"}
            """.ReplaceLineEndings(""),
            answer.ToJsonString(new System.Text.Json.JsonSerializerOptions())
        );
    }

    [Fact]
    public async Task A_preview_is_told_while_it_is_made_and_ends_without_done_when_its_server_is_lost()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        var isLost = false;
        gateway.Tasks.OnWatchPreview = _ => Told();
        async IAsyncEnumerable<PreviewReply> Told()
        {
            var record = new PreviewedRecord { Record = new GeneratedRecord { Index = 5 } };
            yield return new PreviewReply { Records = { record } };
            await Task.Yield();
            if (isLost)
            {
                throw new Grpc.Core.RpcException(new Grpc.Core.Status(Grpc.Core.StatusCode.Unavailable, "Gone."));
            }

            record.Record.Error = "No.";
            yield return new PreviewReply { Records = { record } };
        }

        var body = """{"definition":{"prompt":"A customer","count":10},"records":1}""";

        var told = await EventsAsync(ann, body);
        isLost = true;
        var lost = await EventsAsync(ann, body);

        const string BeingMade =
            """event: progress|data: {"records":[{"index":5,"ok":false,"attempts":0,"durationMs":0,"rejections":[],"messages":[]}]}""";
        Assert.Equal(
            [
                BeingMade,
                """event: done|data: {"records":[{"index":5,"ok":false,"attempts":0,"durationMs":0,"rejections":[],"messages":[],"error":"No."}]}""",
            ],
            told
        );
        Assert.Equal([BeingMade], lost);
        Assert.Equal(
            ["definition"],
            await ann.PostAsync("/api/previews/events", HttpAnswers.Json("""{"records":2}"""), Ct).WrongFieldsAsync()
        );
    }

    /// <summary>Each try counts as a creation, and may cost calls.</summary>
    [Fact]
    public async Task A_preview_that_no_Runner_can_make_is_asked_for_once()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        gateway.Tasks.OnWatchPreview = _ =>
            throw new Grpc.Core.RpcException(new Grpc.Core.Status(Grpc.Core.StatusCode.Unavailable, "No Runner."));

        using var refused = await ann.PostAsync(
            "/api/previews/events",
            HttpAnswers.Json("""{"definition":{"prompt":"A customer","count":10},"records":1}"""),
            Ct
        );

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Single(gateway.Tasks.Calls, call => call.Call == "WatchPreview");
    }

    private static async Task<string[]> EventsAsync(HttpClient client, string body)
    {
        using var answer = await client.PostAsync("/api/previews/events", HttpAnswers.Json(body), Ct);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        return (await answer.Content.ReadAsStringAsync(Ct))
            .TrimEnd()
            .Split("\n\n")
            .Select(told => told.Replace('\n', '|'))
            .ToArray();
    }

    [Fact]
    public async Task A_preview_of_nothing_names_the_member()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();

        Assert.Equal(
            ["definition"],
            await ann.PostAsync("/api/previews", HttpAnswers.Json("""{"records":2}"""), Ct).WrongFieldsAsync()
        );
        Assert.Empty(gateway.Tasks.Calls);
    }

    [Fact]
    public async Task A_draft_is_handed_on_and_none_is_a_bad_gateway_with_the_reason()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        gateway.Tasks.OnDraft = request =>
            request.Prompt == "A customer"
                ? new DraftReply { Definition = """{"schema":{"type":"object","properties":{}}}""" }
                : new DraftReply { Problem = "The model gave none." };

        var answer = await ann.PostAsync("/api/schemas/draft", HttpAnswers.Json("""{"prompt":"A customer"}"""), Ct)
            .JsonAsync();
        Assert.Equal("""{"schema":{"type":"object","properties":{}},"samplers":{}}""", answer.ToJsonString());

        var none = await ann.PostAsync("/api/schemas/draft", HttpAnswers.Json("""{"prompt":"x"}"""), Ct);
        Assert.Equal(HttpStatusCode.BadGateway, none.StatusCode);
        Assert.Contains("The model gave none.", await none.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_extension_is_handed_on_and_its_blocks_come_back_with_the_definition()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        ExtendTaskRequest? asked = null;
        gateway.Tasks.OnExtend = request =>
        {
            asked = request;
            return new TaskDetail { Task = FakeTasks.Sample(count: 12) };
        };
        gateway.Tasks.OnGet = _ =>
        {
            var task = FakeTasks.Sample(count: 12);
            task.Spec.Sampling = $$"""{"seed":0,"samplers":{{Samplers}},"blocks":[10,2]}""";
            return new TaskDetail { Task = task };
        };

        var extended = await ann.PostAsync("/api/tasks/7/extend", HttpAnswers.Json("""{"count":2}"""), Ct).JsonAsync();

        Assert.Equal(("7", 2, 12), (asked!.Id, asked.Count, (int)extended["count"]!));
        Assert.Equal(
            $$"""{"prompt":"A customer.","count":12,"blocks":[10,2],"seed":0,"samplers":{{Samplers}}}""",
            await ann.GetStringAsync("/api/tasks/7/definition", Ct)
        );
    }
}
