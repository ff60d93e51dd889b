using DataGen.Tests.Mock;

namespace DataGen.Tests.Runner;

/// <summary>
/// The Runner against every fault switch of the mock's inference: what becomes of the records, in how many calls, and
/// what is said about it.
/// What takes time is in <see cref="SlowServerTests"/>.
/// </summary>
public sealed class FaultyServerTests
{
    private const string Broken = "The connection to the inference server broke before the answer was whole.";
    private const string BadGateway = "The inference server is not available (502).";
    private const string Unavailable = "The inference server is not available (503).";
    private const string NoJsonObject = """{"refuseJsonObject":true}""";
    private const string QueueFull = "The inference server's queue is full.";
    private const string NodeFailed =
        "The inference server failed (500). It said: Inference failed: the mock was told to fail.";
    private const string OpenAiFailed =
        "The inference server failed (500). It said: The server had an error while processing your request.";
    private const string NodeReported =
        "The inference server reported a failure. It said: Inference failed: the mock was told to fail.";
    private const string OpenAiReported =
        "The inference server reported a failure. It said: The server had an error while processing your request.";
    private const string Truncated = "The answer breaks off inside its JSON object.";
    private const string Empty = "The inference server's answer holds no text.";
    private const string WrongShape = "The answer is a list of 3 values, not one record.";
    private const string UnknownModel =
        "The inference server does not know the path or the model (404). It said: The model 'm' does not exist or you do not have access to it.";
    private const string NoModel =
        "The inference server did not accept the request (400). It said: you must provide a model parameter";

    /// <summary>Switches, good records, failed ones (of two attempts), calls, and the sentence of every failed attempt
    /// at a node and at an OpenAI server.</summary>
    public static TheoryData<string, int, int, int, string, string> Faults =>
        new()
        {
            { """{"latencyMs":20,"jitterMs":20}""", 3, 0, 3, "", "" },
            { """{"serialised":true}""", 3, 0, 3, "", "" },
            { """{"down":"503"}""", 0, 3, 6, Unavailable, Unavailable },
            { """{"down":{"value":"503","calls":1}}""", 3, 0, 4, Unavailable, Unavailable },
            { """{"down":"abort"}""", 0, 3, 6, Broken, Broken },
            { """{"down":{"value":"abort","calls":1}}""", 3, 0, 4, Broken, Broken },
            { """{"errorRate":1}""", 0, 3, 6, NodeFailed, OpenAiFailed },
            { """{"errorRate":{"value":1,"calls":1}}""", 3, 0, 4, NodeFailed, OpenAiFailed },
            { """{"errorRate":1,"errorStatus":"502"}""", 0, 3, 6, BadGateway, BadGateway },
            { """{"errorRate":{"value":1,"calls":1},"errorStatus":"502"}""", 3, 0, 4, BadGateway, BadGateway },
            { """{"errorRate":1,"errorStatus":"503"}""", 0, 3, 6, Unavailable, Unavailable },
            { """{"errorRate":{"value":1,"calls":1},"errorStatus":"503"}""", 3, 0, 4, Unavailable, Unavailable },
            // A refusal for the rate's sake is no attempt of the record's: after two of them it still has its own.
            {
                """{"tooManyRate":{"value":1,"calls":2},"retryAfterSeconds":0}""",
                1,
                0,
                3,
                FaultyServer.TooMany,
                FaultyServer.TooMany
            },
            {
                """{"requestsPerMinute":{"value":2,"calls":3},"retryAfterSeconds":0}""",
                3,
                0,
                4,
                FaultyServer.TooMany,
                FaultyServer.TooMany
            },
            {
                """{"nodeRequestsPerMinute":{"value":2,"calls":3}}""",
                3,
                0,
                4,
                FaultyServer.RateLimited,
                FaultyServer.TooMany
            },
            { """{"queueFullRate":1}""", 0, 3, 6, QueueFull, Unavailable },
            { """{"queueFullRate":{"value":1,"calls":1}}""", 3, 0, 4, QueueFull, Unavailable },
            { """{"malformedRate":1,"malformedKind":"truncated"}""", 0, 3, 6, Truncated, Truncated },
            {
                """{"malformedRate":{"value":1,"calls":1},"malformedKind":"truncated"}""",
                3,
                0,
                4,
                Truncated,
                Truncated
            },
            { """{"malformedRate":1,"malformedKind":"prose"}""", 3, 0, 3, "", "" },
            { """{"malformedRate":1,"malformedKind":"fenced"}""", 3, 0, 3, "", "" },
            { """{"malformedRate":1,"malformedKind":"empty"}""", 0, 3, 6, Empty, Empty },
            { """{"malformedRate":1,"malformedKind":"errorIn200"}""", 0, 3, 6, NodeReported, OpenAiReported },
            {
                """{"malformedRate":{"value":1,"calls":1},"malformedKind":"errorIn200"}""",
                3,
                0,
                4,
                NodeReported,
                OpenAiReported
            },
            { """{"malformedRate":1,"malformedKind":"wrongShape"}""", 0, 3, 6, WrongShape, WrongShape },
            {
                """{"malformedRate":{"value":1,"calls":1},"malformedKind":"wrongShape"}""",
                3,
                0,
                4,
                WrongShape,
                WrongShape
            },
            // Which one is drawn depends on the seed alone.
            { """{"malformedRate":{"value":1,"calls":1},"malformedKind":"any"}""", 3, 0, 4, Empty, Empty },
            // Without a schema these spoil nothing.
            { """{"ignoreSchema":true,"refuseJsonSchema":true,"invalidRate":1}""", 3, 0, 3, "", "" },
            { """{"duplicateRate":1,"sameRecord":true,"wrongSampledRate":1,"noUsage":true}""", 3, 0, 3, "", "" },
            { """{"form":"scalar"}""", 3, 0, 3, "", "" },
            { """{"form":"list"}""", 3, 0, 3, "", "" },
            { """{"form":"text"}""", 3, 0, 3, "", "" },
            { """{"delegated":true}""", 3, 0, 3, "", "" },
            { """{"raw":true}""", 3, 0, 3, "", "" },
            { """{"raw":true,"form":"list","delegated":true}""", 3, 0, 3, "", "" },
            // A raw node says 500 and nothing but the text where another gives a status word.
            { """{"raw":true,"queueFullRate":{"value":1,"calls":1}}""", 3, 0, 4, QueueFull, Unavailable },
            {
                """{"raw":true,"nodeRequestsPerMinute":{"value":2,"calls":3}}""",
                3,
                0,
                4,
                FaultyServer.RateLimited,
                FaultyServer.TooMany
            },
            {
                """{"raw":true,"malformedRate":{"value":1,"calls":1},"malformedKind":"errorIn200"}""",
                3,
                0,
                4,
                NodeFailed,
                OpenAiReported
            },
        };

    /// <summary>Switches, the Runner's key and model, and the sentence that ends the run at its first call, at a node
    /// and at an OpenAI server; none: all is good.</summary>
    public static TheoryData<string, string, string, string, string> Refusals =>
        new()
        {
            { """{"token":"right"}""", "right", "m", "", "" },
            {
                """{"token":"right"}""",
                "wrong",
                "m",
                "The inference server refused the API key (unauthorized).",
                "The inference server refused the API key (401)."
            },
            {
                """{"token":"right"}""",
                "",
                "m",
                "The inference server asks for an API key (unauthorized).",
                "The inference server asks for an API key (401)."
            },
            { """{"token":"right","raw":true}""", "right", "m", "", "" },
            {
                """{"token":"right","raw":true}""",
                "wrong",
                "m",
                "The inference server refused the API key (unauthorized).",
                "The inference server refused the API key (401)."
            },
            {
                """{"token":"right","raw":true}""",
                "",
                "m",
                "The inference server asks for an API key (unauthorized).",
                "The inference server asks for an API key (401)."
            },
            { """{"models":"l, m"}""", "", "m", "", "" },
            { """{"models":"l"}""", "", "m", "", UnknownModel },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public Task A_run_has_the_outcome_of_the_table(
        string switches,
        int good,
        int failed,
        int calls,
        string node,
        string openAi
    ) =>
        FaultyServer.OnBothAsync(
            node,
            openAi,
            async (path, sentence) =>
            {
                var run = await FaultyServer.RunAsync(path, switches, good + failed, calls);
                FaultyServer.AssertOutcome(run, good, failed, sentence);
                Assert.Empty(run.Waiting);
            }
        );

    [Theory]
    [MemberData(nameof(Refusals))]
    public Task A_run_is_refused_as_the_table_says(
        string switches,
        string key,
        string model,
        string node,
        string openAi
    ) =>
        FaultyServer.OnBothAsync(
            node,
            openAi,
            async (path, sentence) =>
            {
                var isGood = sentence.Length == 0;
                var run = await FaultyServer.RunAsync(
                    path,
                    switches,
                    3,
                    isGood ? 3 : 1,
                    ("DATAGEN_INFERENCE_API_KEY", key),
                    ("DATAGEN_INFERENCE_MODEL", model)
                );
                Assert.Equal(sentence, run.Fatal ?? "");
                FaultyServer.AssertRecords(run, isGood ? 3 : 0, 0);
                Assert.Empty(run.Retrying);
                Assert.Empty(run.Waiting);
            }
        );

    [Fact]
    public async Task A_server_that_takes_no_wish_for_json_is_asked_without_from_the_second_call()
    {
        await using var mock = await RunningMock.StartAsync();
        await mock.SwitchAsync($$"""{"inference":{{NoJsonObject}}}""");
        await using var host = await RunnerHost.StartAsync(
            mock.Http.BaseAddress!.AbsoluteUri,
            null,
            ("DATAGEN_INFERENCE_PATH", FaultyServer.OpenAi),
            ("DATAGEN_INFERENCE_MODEL", "m")
        );
        var request = RunnerHost.Request(3, FaultyServer.Prompt);
        request.Spec.Concurrency = 1;

        var run = await host.RunToEndAsync(request);

        FaultyServer.AssertOutcome(run, 3, 0, "");
        Assert.Equal(
            ("none", 4),
            (run.ResponseFormat, (await mock.StatsAsync("inference")).GetProperty("requested").GetInt32())
        );
    }

    [Fact]
    public async Task A_server_that_wants_a_model_says_so_at_the_third_record()
    {
        await using var mock = await RunningMock.StartAsync();
        await mock.SwitchAsync("""{"inference":{"models":""}}""");
        await using var host = await RunnerHost.StartAsync(
            mock.Http.BaseAddress!.AbsoluteUri,
            null,
            ("DATAGEN_INFERENCE_PATH", FaultyServer.OpenAi)
        );

        var run = await host.RunToEndAsync(RunnerHost.Request(10));

        Assert.Equal(NoModel, run.Fatal);
        Assert.All(run.Ended, record => Assert.Equal(NoModel, record.Error));
    }

    [Fact]
    public async Task Every_switch_is_in_a_table()
    {
        await using var mock = await RunningMock.StartAsync();
        var switches = (await mock.GetAsync("/mock/faults"))
            .Body.GetProperty("inference")
            .EnumerateObject()
            .Select(fault => fault.Name)
            .ToList();
        var tables = string.Concat([
            .. Faults.Select(row => row.Data.Item1),
            .. Refusals.Select(row => row.Data.Item1),
            .. SlowServerTests.Timeouts.Select(row => row.Data.Item1),
            NoJsonObject,
        ]);
        Assert.NotEmpty(switches);
        Assert.All(switches, name => Assert.Contains($"\"{name}\":", tables, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"form":"scalar"}""", true)]
    [InlineData("""{"form":"list","raw":true}""", true)]
    [InlineData("""{"form":"text"}""", false)]
    public Task The_tokens_are_known_when_the_answer_tells_them(string switches, bool node) =>
        FaultyServer.OnBothAsync(
            "",
            "",
            async (path, _) =>
            {
                var record = (await FaultyServer.RunAsync(path, switches, 1, 1)).Record(0);
                var known = node || path == FaultyServer.OpenAi;
                Assert.Equal((known, known), (record.Tokens.Input > 0, record.Tokens.Output > 0));
            }
        );
}
