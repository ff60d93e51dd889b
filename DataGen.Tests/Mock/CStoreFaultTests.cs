using System.Diagnostics;
using System.Net;

namespace DataGen.Tests.Mock;

public sealed class CStoreFaultTests
{
    private const string Write = """{"key":"k","value":"new"}""";

    /// <summary>What a write answers under a fault, and what the store holds afterwards.</summary>
    [Theory]
    [InlineData("{\"cstore\":{\"falseKept\":1}}", 200, "\"result\":false", "\"new\"")]
    [InlineData("{\"cstore\":{\"falseDropped\":1}}", 200, "\"result\":false", "\"old\"")]
    [InlineData(
        "{\"cstore\":{\"errorRate\":{\"value\":1,\"calls\":1}}}",
        500,
        "\"status_code\":500,\"logged\":true",
        "\"old\""
    )]
    [InlineData(
        "{\"cstore\":{\"errorRate\":{\"value\":1,\"calls\":1},\"errorStatus\":\"504\"}}",
        504,
        "\"detail\":\"Error waiting for plugin response: \",\"logged\":true",
        "\"new\""
    )]
    [InlineData("{\"cstore\":{\"errorIn200\":{\"value\":1,\"calls\":1}}}", 200, "\"result\":{\"error\":", "\"old\"")]
    [InlineData("{\"cstore\":{\"diskFull\":1}}", 500, "No space left on device", "\"old\"")]
    [InlineData("{\"cstore\":{\"down\":{\"value\":\"503\",\"calls\":1}}}", 503, "Service Unavailable", "\"old\"")]
    [InlineData("{\"cstore\":{\"writeLatencyMs\":20}}", 200, "\"result\":true", "\"new\"")]
    [InlineData("{\"cstore\":{\"serialised\":true}}", 200, "\"result\":true", "\"new\"")]
    public async Task A_faulty_write_does_what_the_switch_says(string fault, int status, string answered, string held)
    {
        await using var mock = await RunningMock.StartAsync();
        await mock.PostAsync("/set", """{"key":"k","value":"old"}""");
        await mock.SwitchAsync(fault);
        var answer = await mock.PostAsync("/set", Write);
        Assert.Equal((HttpStatusCode)status, answer.Status);
        Assert.Contains(answered, answer.Text, StringComparison.Ordinal);
        Assert.Equal(held, (await mock.GetAsync("/get?key=k")).Result.GetRawText());
    }

    [Fact]
    public async Task The_connection_is_cut_when_told_to()
    {
        await using var mock = await RunningMock.StartAsync(("MOCK_CSTORE_DOWN", "abort"));
        await Assert.ThrowsAsync<HttpRequestException>(() => mock.PostAsync("/set", Write));
        await mock.SwitchAsync("""{"cstore":{"down":"none"}}""");
        Assert.Equal("null", (await mock.GetAsync("/get?key=k")).Result.GetRawText());
    }

    [Fact]
    public async Task A_bare_answer_has_no_metadata()
    {
        await using var mock = await RunningMock.StartAsync(("MOCK_CSTORE_BARE", "true"));
        Assert.Equal("""{"result":true}""", (await mock.PostAsync("/set", Write)).Text);
        Assert.Equal("""{"result":"new"}""", (await mock.GetAsync("/get?key=k")).Text);
    }

    [Fact]
    public async Task Reads_fail_too()
    {
        await using var mock = await RunningMock.StartAsync();
        await mock.SwitchAsync("""{"cstore":{"errorRate":{"value":1,"calls":2}}}""");
        Assert.Equal(HttpStatusCode.InternalServerError, (await mock.GetAsync("/get?key=k")).Status);
        Assert.Equal(HttpStatusCode.InternalServerError, (await mock.GetAsync("/hgetall?hkey=k")).Status);
        Assert.Equal(HttpStatusCode.OK, (await mock.GetAsync("/get?key=k")).Status);
    }

    [Fact]
    public async Task Slow_serialised_writes_wait_for_each_other_and_stall_reads()
    {
        await using var mock = await RunningMock.StartAsync();
        await mock.SwitchAsync("""{"cstore":{"serialised":true,"writeLatencyMs":100}}""");
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(
            Enumerable.Range(0, 4).Select(i => mock.PostAsync("/set", $$"""{"key":"{{i}}","value":1}"""))
        );
        Assert.True(
            watch.ElapsedMilliseconds >= 395,
            $"Four writes of 100 ms took only {watch.ElapsedMilliseconds} ms."
        );
        await mock.SwitchAsync("""{"cstore":{"serialised":false,"writeLatencyMs":400}}""");
        watch.Restart();
        await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => mock.PostAsync("/set", $$"""{"key":"{{i}}","value":1}"""))
        );
        Assert.True(
            watch.ElapsedMilliseconds < 7000,
            $"Twenty parallel writes of 400 ms took {watch.ElapsedMilliseconds} ms."
        );
    }

    [Fact]
    public async Task A_stale_replica_misses_writes_until_it_is_synced()
    {
        await using var mock = await RunningMock.StartAsync();
        await mock.PostAsync("/hset", """{"hkey":"h","key":"a","value":1}""");
        Assert.Equal("""{"a":1}""", (await mock.GetAsync("/replica/hgetall?hkey=h")).Result.GetRawText());
        await mock.SwitchAsync("""{"cstore":{"staleReplica":true}}""");
        await mock.PostAsync("/hset", """{"hkey":"h","key":"a","value":2}""");
        await mock.PostAsync("/hset", """{"hkey":"h","key":"b","value":3}""");
        await mock.PostAsync("/replica/hset", """{"hkey":"h","key":"own","value":4}""");
        Assert.Equal("""{"a":2,"b":3}""", (await mock.GetAsync("/hgetall?hkey=h")).Result.GetRawText());
        Assert.Equal("""{"a":1,"own":4}""", (await mock.GetAsync("/replica/hgetall?hkey=h")).Result.GetRawText());
        Assert.Equal("1", (await mock.GetAsync("/replica/hget?hkey=h&key=a")).Result.GetRawText());
        var synced = await mock.PostAsync("/replica/hsync", """{"hkey":"h","chainstore_peers":[]}""");
        Assert.Equal(2, synced.Result.GetProperty("merged_fields").GetInt32());
        Assert.Equal("""{"a":2,"b":3,"own":4}""", (await mock.GetAsync("/replica/hgetall?hkey=h")).Result.GetRawText());
        await mock.PostAsync("/hsync", """{"hkey":"h"}""");
        Assert.Equal("""{"a":2,"b":3,"own":4}""", (await mock.GetAsync("/hgetall?hkey=h")).Result.GetRawText());
    }

    [Fact]
    public async Task Writing_the_same_value_again_does_not_mend_the_replica()
    {
        await using var mock = await RunningMock.StartAsync();
        await mock.SwitchAsync("""{"cstore":{"staleReplica":true}}""");
        await mock.PostAsync("/set", """{"key":"k","value":1}""");
        await mock.SwitchAsync("""{"cstore":{"staleReplica":false}}""");
        await mock.PostAsync("/set", """{"key":"k","value":1}""");
        Assert.Equal("null", (await mock.GetAsync("/replica/get?key=k")).Result.GetRawText());
        await mock.PostAsync("/set", """{"key":"k","value":2}""");
        Assert.Equal("2", (await mock.GetAsync("/replica/get?key=k")).Result.GetRawText());
    }

    [Fact]
    public async Task Reads_can_come_from_the_stale_replica()
    {
        await using var mock = await RunningMock.StartAsync(
            ("MOCK_CSTORE_STALE_REPLICA", "true"),
            ("MOCK_CSTORE_READ_FROM_REPLICA", "true")
        );
        Assert.Equal("true", (await mock.PostAsync("/set", Write)).Result.GetRawText());
        Assert.Equal("null", (await mock.GetAsync("/get?key=k")).Result.GetRawText());
        await mock.SwitchAsync("""{"cstore":{"readFromReplica":false}}""");
        Assert.Equal("\"new\"", (await mock.GetAsync("/get?key=k")).Result.GetRawText());
    }

    [Fact]
    public async Task A_sync_that_finds_no_peer_is_a_500_with_the_nodes_words()
    {
        await using var mock = await RunningMock.StartAsync(("MOCK_CSTORE_HSYNC_FAILS", "1"));
        var answer = await mock.PostAsync("/hsync", """{"hkey":"h"}""");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.Status);
        Assert.Contains(
            "No target peers resolved",
            answer.Detail.GetProperty("error").GetString(),
            StringComparison.Ordinal
        );
    }
}
