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
            "samplers":{"k":{"type":"uuid"}},"schema":{"type":"object","properties":{}},"examples":[{}],"unique":true,"rules":[],"budget":{"calls":9}
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
}
