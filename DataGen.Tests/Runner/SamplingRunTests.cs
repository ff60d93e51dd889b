using System.Collections.Concurrent;
using System.Text.Json;
using DataGen.Definition;

namespace DataGen.Tests.Runner;

/// <summary>The Runner with values that are drawn for its records.</summary>
public sealed class SamplingRunTests
{
    private const string Weighted = """
        {"seed":1,"samplers":{"plan":{"type":"category","weights":{"free":70,"pro":20,"enterprise":10}}}}
        """;

    [Fact]
    public async Task The_distribution_is_exact_whatever_the_model_gets_wrong()
    {
        await using var inference = await FakeInferenceServer.StartAsync(call =>
        {
            var kind = (call.Index + call.Attempt) % 10;
            return kind switch
            {
                0 => call.FailAsync(500),
                1 or 2 when call.Attempt == 1 => call.ContentAsync("""{"plan":"whatever the model feels like"}"""),
                3 => call.ContentAsync($$"""{"plan":"{{PlanOf(call)}}","text":"repeated"}"""),
                _ => call.ContentAsync("""{"text":"left out"}"""),
            };
        });
        await using var host = await RunnerHost.StartAsync(inference);
        var request = RunnerHost.Request(200, "A review by a {{plan}} customer");
        request.Spec.Sampling = Weighted;

        var run = await host.RunToEndAsync(request);

        Assert.Equal(Enumerable.Range(0, 200), run.Indices);
        var plans = run.Ended.Select(record => JsonElement.Parse(record.Data.Span).GetProperty("plan").GetString());
        Assert.Equal(
            [("enterprise", 20), ("free", 140), ("pro", 40)],
            plans.GroupBy(plan => plan!).Select(group => (group.Key, group.Count())).Order()
        );
        var sampling = Sampling.Read(request.Spec.Prompt, 200, Weighted).Sampling!;
        Assert.All(
            run.Ended,
            record =>
                Assert.Equal(
                    sampling.At(record.Index)["plan"]!.ToString(),
                    JsonElement.Parse(record.Data.Span).GetProperty("plan").GetString()
                )
        );
        Assert.Contains(
            run.Retrying,
            failed =>
                failed.Reason.StartsWith(
                    "The record is not what was asked for. /plan is another value than the one that was drawn for it, \"",
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public async Task Wrong_samplers_are_refused()
    {
        await using var inference = await FakeInferenceServer.StartAsync(call => call.RecordAsync());
        await using var host = await RunnerHost.StartAsync(inference);
        var request = RunnerHost.Request(1);
        request.Spec.Sampling = """{"samplers":{"plan":{"type":"dice"}}}""";

        var refused = await Assert.ThrowsAsync<Grpc.Core.RpcException>(() => host.RunToEndAsync(request));

        Assert.Equal(Grpc.Core.StatusCode.InvalidArgument, refused.StatusCode);
        Assert.StartsWith(
            "spec.sampling: samplers.plan.type has to be one of",
            refused.Status.Detail,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_record_that_breaks_its_schema_is_corrected_in_the_same_conversation()
    {
        var asked = new ConcurrentQueue<JsonElement>();
        await using var inference = await FakeInferenceServer.StartAsync(call =>
        {
            asked.Enqueue(call.Body.GetProperty("messages").Clone());
            return call.ContentAsync(
                call.Body.GetProperty("messages").GetArrayLength() == 2
                    ? """{"name":"Ana","age":141}"""
                    : """{"name":"Ana","age":41}"""
            );
        });
        await using var host = await RunnerHost.StartAsync(inference, ("DATAGEN_MAX_ATTEMPTS", "1"));

        var run = await host.RunToEndAsync(WithSchema(20));

        Assert.Equal(Enumerable.Range(0, 20), run.Indices);
        Assert.All(run.Ended, record => Assert.Equal("""{"name":"Ana","age":41}""", record.Data.ToStringUtf8()));
        Assert.Equal(40, inference.Calls);
        var second = asked.First(messages => messages.GetArrayLength() == 4);
        Assert.Equal(
            [
                ("assistant", """{"name":"Ana","age":141}"""),
                (
                    "user",
                    "This record is not right:\n- /age: 141 should be at most 90.\nAnswer with the whole record once more, corrected."
                ),
            ],
            second
                .EnumerateArray()
                .Skip(2)
                .Select(message =>
                    (message.GetProperty("role").GetString()!, message.GetProperty("content").GetString()!)
                )
        );
        Assert.Contains("\"maximum\":90", second[1].GetProperty("content").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_two_corrections_the_record_is_asked_for_afresh_and_after_all_it_may_be_rejected_it_fails()
    {
        var lengths = new ConcurrentQueue<int>();
        await using var inference = await FakeInferenceServer.StartAsync(call =>
        {
            lengths.Enqueue(call.Body.GetProperty("messages").GetArrayLength());
            return call.ContentAsync("""{"name":"Ana","age":141}""");
        });
        await using var host = await RunnerHost.StartAsync(inference, ("DATAGEN_MAX_REJECTIONS", "7"));

        var record = (await host.RunToEndAsync(WithSchema(1))).Record(0);

        Assert.Equal([2, 4, 4, 2, 4, 4, 2], lengths);
        Assert.Equal(
            ("The record is not what was asked for. /age: 141 should be at most 90.", 7),
            (record.Error, record.Attempts)
        );
        Assert.Equal("""{"name":"Ana","age":141}""", record.Answer);
    }

    [Fact]
    public async Task What_is_drawn_counts_for_the_schema_too()
    {
        await using var inference = await FakeInferenceServer.StartAsync(call =>
            call.ContentAsync("""{"name":"Ana"}""")
        );
        await using var host = await RunnerHost.StartAsync(inference);
        var request = WithSchema(50);
        request.Spec.Sampling = request.Spec.Sampling.Insert(
            1,
            """
            "samplers":{"age":{"type":"integer","min":18,"max":90}},
            """
        );

        var run = await host.RunToEndAsync(request);

        Assert.Equal(Enumerable.Range(0, 50), run.Indices);
        Assert.Equal(50, inference.Calls);
        Assert.All(
            run.Ended,
            record => Assert.InRange(JsonElement.Parse(record.Data.Span).GetProperty("age").GetInt32(), 18, 90)
        );
    }

    [Fact]
    public async Task The_server_is_asked_for_the_schema_of_what_is_left_to_the_model_in_the_same_bytes_each_time()
    {
        var formats = new ConcurrentQueue<string>();
        await using var inference = await FakeInferenceServer.StartAsync(call =>
        {
            formats.Enqueue(call.Body.GetProperty("response_format").GetRawText());
            return call.ContentAsync(call.Attempt == 1 ? """{"name":1}""" : """{"name":"Ana"}""");
        });
        await using var host = await RunnerHost.StartAsync(inference);

        var run = await host.RunToEndAsync(WithDrawnAge(50));

        Assert.Equal(100, formats.Count);
        Assert.Equal(
            """{"type":"json_object","schema":{"type":"object","properties":{"name":{"type":"string"}},"required":["name"],"additionalProperties":false}}""",
            Assert.Single(formats.Distinct())
        );
        Assert.Equal((50, "json_schema"), (run.Indices.Count(), run.ResponseFormat));
    }

    [Theory]
    [InlineData("\"additionalProperties\":false", false, true, "json_schema_strict")]
    [InlineData("\"additionalProperties\":false", true, true, "json_schema")]
    [InlineData("\"additionalProperties\":true", false, false, "json_schema")]
    public async Task Strict_is_asked_for_where_the_schema_is_in_the_subset_and_the_server_takes_it(
        string last,
        bool refuses,
        bool isAsked,
        string responseFormat
    )
    {
        var formats = new ConcurrentQueue<JsonElement>();
        await using var inference = await FakeInferenceServer.StartAsync(call =>
        {
            var format = call.Body.GetProperty("response_format").GetProperty("json_schema");
            formats.Enqueue(format.Clone());
            return refuses && format.TryGetProperty("strict", out _)
                ? call.FailAsync(400, "strict is not supported")
                : call.ContentAsync("""{"n":4}""");
        });
        await using var host = await RunnerHost.StartAsync(
            inference,
            ("DATAGEN_INFERENCE_PATH", "/v1/chat/completions"),
            ("DATAGEN_INFERENCE_MODEL", "m")
        );
        var request = RunnerHost.Request(30);
        request.Spec.Sampling =
            $$$"""{"schema":{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"],{{{last}}}}}""";

        var run = await host.RunToEndAsync(request);

        Assert.Equal((30, responseFormat), (run.Indices.Count(), run.ResponseFormat));
        Assert.All(run.Ended, record => Assert.True(record.HasData));
        Assert.Equal(
            isAsked,
            formats.Any(format => format.TryGetProperty("strict", out var strict) && strict.GetBoolean())
        );
        Assert.Single(formats.Select(format => format.GetProperty("schema").GetRawText()).Distinct());
    }

    [Fact]
    public async Task A_schema_that_a_server_does_not_take_leaves_others_as_they_are()
    {
        await using var inference = await FakeInferenceServer.StartAsync(call =>
            call.Body.GetProperty("response_format").GetRawText().Contains("multipleOf", StringComparison.Ordinal)
                ? call.FailAsync(400, "Invalid schema for response_format: multipleOf is not permitted")
                : call.ContentAsync("""{"n":4}""")
        );
        await using var host = await RunnerHost.StartAsync(inference);

        foreach (var (extra, format) in new[] { ("\"multipleOf\":2", "json_object"), ("\"maximum\":9", "json_schema") })
        {
            var request = RunnerHost.Request(30);
            request.Spec.Sampling =
                $$$"""{"schema":{"type":"object","properties":{"n":{"type":"integer",{{{extra}}}}},"required":["n"]}}""";

            var run = await host.RunToEndAsync(request);

            Assert.Equal((30, format), (run.Indices.Count(), run.ResponseFormat));
            Assert.All(run.Ended, record => Assert.True(record.HasData));
        }
    }

    [Fact]
    public async Task A_server_that_takes_no_schema_is_asked_for_an_object_and_the_records_are_valid_all_the_same()
    {
        await using var inference = await FakeInferenceServer.StartAsync(call =>
            call.Body.GetProperty("response_format").TryGetProperty("schema", out _)
                ? call.FailAsync(400, "no grammar")
                : call.ContentAsync(call.Attempt % 3 == 0 ? """{"name":"Ana"}""" : """{"name":null}""")
        );
        await using var host = await RunnerHost.StartAsync(inference);

        var run = await host.RunToEndAsync(WithDrawnAge(30));

        Assert.Equal("json_object", run.ResponseFormat);
        Assert.Equal(Enumerable.Range(0, 30), run.Indices);
        Assert.All(
            run.Ended,
            record => Assert.Equal("Ana", JsonElement.Parse(record.Data.Span).GetProperty("name").GetString())
        );
    }

    [Fact]
    public async Task A_number_that_nothing_can_hold_is_no_drawn_value_and_stops_no_run()
    {
        await using var inference = await FakeInferenceServer.StartAsync(call =>
            call.ContentAsync(
                call.Body.GetProperty("messages").GetArrayLength() == 2
                    ? """{"name":"Ana","age":1e99999999999}"""
                    : """{"name":"Ana"}"""
            )
        );
        await using var host = await RunnerHost.StartAsync(inference);
        var request = RunnerHost.Request(3);
        request.Spec.Sampling = """{"samplers":{"age":{"type":"integer","min":18,"max":90}}}""";

        var run = await host.RunToEndAsync(request);

        Assert.Equal((3, 3), (run.Ended.Count(record => record.Error.Length == 0), run.Retrying.Count));
    }

    private static DataGen.Contracts.RunRequest WithDrawnAge(int records)
    {
        var request = WithSchema(records);
        request.Spec.Sampling = request.Spec.Sampling.Insert(
            1,
            """
            "samplers":{"age":{"type":"integer","min":18,"max":90}},
            """
        );
        return request;
    }

    private static DataGen.Contracts.RunRequest WithSchema(int records)
    {
        var request = RunnerHost.Request(records);
        request.Spec.Sampling = """
            {"schema":{"type":"object","properties":{"name":{"type":"string"},"age":{"type":"integer","minimum":18,"maximum":90}},"required":["name","age"],"additionalProperties":false}}
            """;
        return request;
    }

    // The model repeats what the prompt's line told it.
    private static string PlanOf(FakeCall call)
    {
        var prompt = call.Body.GetProperty("messages")[1].GetProperty("content").GetString()!;
        var line = prompt.Split('\n').Single(line => line.StartsWith(Sampling.ValuesLine, StringComparison.Ordinal));
        return JsonElement.Parse(line[Sampling.ValuesLine.Length..]).GetProperty("plan").GetString()!;
    }
}
