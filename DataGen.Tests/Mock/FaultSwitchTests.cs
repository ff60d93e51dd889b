using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace DataGen.Tests.Mock;

public sealed class FaultSwitchTests
{
    [Fact]
    public async Task A_switch_for_some_calls_goes_back_by_itself()
    {
        await using var mock = await RunningMock.StartAsync();
        await mock.SwitchAsync("""{"cstore":{"falseDropped":{"value":1,"calls":2}}}""");
        var results = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            results.Add((await mock.PostAsync("/set", """{"key":"k","value":1}""")).Result.GetRawText());
        }

        Assert.Equal(["false", "false", "true", "true"], results);
    }

    [Fact]
    public async Task A_switch_for_some_time_goes_back_by_itself()
    {
        var clock = new FakeTimeProvider();
        await using var mock = await RunningMock.StartAsync(clock, ("MOCK_CSTORE_FALSE_DROPPED", "0"));
        await mock.SwitchAsync("""{"cstore":{"falseDropped":{"value":true,"seconds":5}}}""");
        Assert.Equal("false", (await mock.PostAsync("/set", """{"key":"k","value":1}""")).Result.GetRawText());
        Assert.Equal(
            """{"value":1,"seconds":5}""",
            (await mock.GetAsync("/mock/faults")).Body.GetProperty("cstore").GetProperty("falseDropped").GetRawText()
        );
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("true", (await mock.PostAsync("/set", """{"key":"k","value":1}""")).Result.GetRawText());
        Assert.Equal(
            "0",
            (await mock.GetAsync("/mock/faults")).Body.GetProperty("cstore").GetProperty("falseDropped").GetRawText()
        );
    }

    [Fact]
    public async Task Patch_changes_what_it_names_and_put_takes_the_rest_back_to_the_start()
    {
        await using var mock = await RunningMock.StartAsync(
            ("MOCK_INFERENCE_LATENCY_MS", "3"),
            ("MOCK_INFERENCE_TOKEN", "t0p")
        );
        await mock.SwitchAsync("""{"inference":{"latencyMs":9,"form":"list"}}""");
        await mock.SwitchAsync("""{"cstore":{"bare":true}}""");
        var patched = (await mock.GetAsync("/mock/faults")).Body;
        Assert.Equal(
            ("9", "\"list\"", "\"***\"", "true"),
            (
                Value(patched, "inference", "latencyMs"),
                Value(patched, "inference", "form"),
                Value(patched, "inference", "token"),
                Value(patched, "cstore", "bare")
            )
        );
        var put = (await mock.SendAsync(HttpMethod.Put, "/mock/faults", """{"r1fs":{"cidNull":0.5}}""")).Body;
        Assert.Equal(
            ("3", "\"scalar\"", "false", "0.5"),
            (
                Value(put, "inference", "latencyMs"),
                Value(put, "inference", "form"),
                Value(put, "cstore", "bare"),
                Value(put, "r1fs", "cidNull")
            )
        );
        var reset = (await mock.SendAsync(HttpMethod.Delete, "/mock/faults", null)).Body;
        Assert.Equal("0", Value(reset, "r1fs", "cidNull"));
    }

    [Theory]
    [InlineData("""{"cstore":{"falseKept":2}}""", "cstore.falseKept: 2 is not a number from 0 to 1.")]
    [InlineData("""{"cstore":{"falseKept":{"value":1,"times":2}}}""", "cstore.falseKept: 'times' is unknown")]
    [InlineData("""{"cstore":{"falseKept":{"calls":2}}}""", "cstore.falseKept: 'value' is missing.")]
    [InlineData(
        """{"cstore":{"falseKept":{"value":1,"calls":0}}}""",
        "cstore.falseKept: 'calls' must be a whole number above 0."
    )]
    [InlineData("""{"cstore":{"bare":"yes"}}""", "cstore.bare: \"yes\" is neither true nor false.")]
    [InlineData("""{"cstore":{"down":"maybe"}}""", "cstore.down: 'maybe' is none of none, 503, abort.")]
    [InlineData("""{"cstore":{"nothing":1}}""", "cstore.nothing: is no switch.")]
    [InlineData("""{"redis":{}}""", "redis: is no section")]
    [InlineData("""[]""", "The body must be an object.")]
    [InlineData("""{""", "The body is not JSON")]
    public async Task A_bad_switch_is_named_and_nothing_is_changed(string body, string problem)
    {
        await using var mock = await RunningMock.StartAsync();
        var answer = await mock.SendAsync(
            HttpMethod.Patch,
            "/mock/faults",
            body.Replace("{\"cstore\":{", "{\"cstore\":{\"writeLatencyMs\":5,", StringComparison.Ordinal)
        );
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.StartsWith(problem, answer.Detail.GetString(), StringComparison.Ordinal);
        Assert.Equal("0", Value((await mock.GetAsync("/mock/faults")).Body, "cstore", "writeLatencyMs"));
    }

    private static string Value(System.Text.Json.JsonElement faults, string section, string name) =>
        faults.GetProperty(section).GetProperty(name).GetRawText();
}
