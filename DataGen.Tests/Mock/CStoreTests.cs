using System.Net;
using System.Text.Json;

namespace DataGen.Tests.Mock;

public sealed class CStoreTests
{
    private static readonly string[] Metadata =
    [
        "server_node_addr",
        "evm_network",
        "ee_node_alias",
        "ee_node_address",
        "ee_node_eth_address",
        "ee_node_network",
        "ee_node_ver",
    ];

    [Fact]
    public async Task Every_answer_carries_the_metadata_and_the_result()
    {
        await using var mock = await RunningMock.StartAsync();
        var answer = await mock.GetAsync("/get_status");
        Assert.Equal([.. Metadata, "result"], answer.Body.EnumerateObject().Select(member => member.Name));
        Assert.All(Metadata, name => Assert.Equal(JsonValueKind.String, answer.Body.GetProperty(name).ValueKind));
        Assert.Equal("""{"ok":true,"message":"CStore Manager API is running."}""", answer.Result.GetRawText());
    }

    [Theory]
    [InlineData("\"{\\\"a\\\":1}\"")]
    [InlineData("\"ünï😀\"")]
    [InlineData("{\"a\":[1,2.50,{\"b\":null}],\"c\":\"\\u00e9\"}")]
    [InlineData("12345678901234567890.5")]
    [InlineData("true")]
    [InlineData("\"\"")]
    [InlineData("[]")]
    public async Task A_value_comes_back_as_it_was_written(string value)
    {
        await using var mock = await RunningMock.StartAsync();
        Assert.Equal(
            "true",
            (
                await mock.PostAsync("/set", $$"""{"key":"k","value":{{value}},"chainstore_peers":["0xai_x"]}""")
            ).Result.GetRawText()
        );
        Assert.Equal(value, (await mock.GetAsync("/get?key=k")).Result.GetRawText());
        Assert.Equal(
            "true",
            (
                await mock.PostAsync(
                    "/hset",
                    $$"""{"hkey":"h:1","key":"f/ü +","value":{{value}},"chainstore_peers":[]}"""
                )
            ).Result.GetRawText()
        );
        Assert.Equal(value, (await mock.GetAsync("/hget?hkey=h%3A1&key=f%2F%C3%BC+%2B")).Result.GetRawText());
        var all = (await mock.GetAsync("/hgetall?hkey=h%3A1")).Result.EnumerateObject().Single();
        Assert.Equal("f/ü +", all.Name);
        Assert.Equal(value, all.Value.GetRawText());
    }

    [Fact]
    public async Task What_is_missing_is_null_and_a_missing_hash_is_empty()
    {
        await using var mock = await RunningMock.StartAsync();
        Assert.Equal("null", (await mock.GetAsync("/get?key=none")).Result.GetRawText());
        Assert.Equal("null", (await mock.GetAsync("/hget?hkey=none&key=none")).Result.GetRawText());
        Assert.Equal("{}", (await mock.GetAsync("/hgetall?hkey=none")).Result.GetRawText());
    }

    [Fact]
    public async Task Null_deletes_a_key_and_a_field()
    {
        await using var mock = await RunningMock.StartAsync();
        await mock.PostAsync("/set", """{"key":"k","value":1}""");
        await mock.PostAsync("/hset", """{"hkey":"h","key":"a","value":1}""");
        await mock.PostAsync("/hset", """{"hkey":"h","key":"b","value":2}""");
        Assert.Equal("true", (await mock.PostAsync("/set", """{"key":"k","value":null}""")).Result.GetRawText());
        Assert.Equal(
            "true",
            (await mock.PostAsync("/hset", """{"hkey":"h","key":"a","value":null}""")).Result.GetRawText()
        );
        Assert.Equal("null", (await mock.GetAsync("/get?key=k")).Result.GetRawText());
        Assert.Equal("""{"b":2}""", (await mock.GetAsync("/hgetall?hkey=h")).Result.GetRawText());
    }

    [Fact]
    public async Task An_old_node_keeps_null()
    {
        await using var mock = await RunningMock.StartAsync(("MOCK_CSTORE_NULL_DELETES", "false"));
        await mock.PostAsync("/hset", """{"hkey":"h","key":"a","value":1}""");
        await mock.PostAsync("/hset", """{"hkey":"h","key":"a","value":null}""");
        Assert.Equal("""{"a":null}""", (await mock.GetAsync("/hgetall?hkey=h")).Result.GetRawText());
    }

    [Fact]
    public async Task Hashes_do_not_see_each_others_fields()
    {
        await using var mock = await RunningMock.StartAsync();
        await mock.PostAsync("/hset", """{"hkey":"h","key":"a","value":1}""");
        await mock.PostAsync("/hset", """{"hkey":"h2","key":"a","value":2}""");
        await mock.PostAsync("/set", """{"key":"h","value":3}""");
        Assert.Equal("""{"a":1}""", (await mock.GetAsync("/hgetall?hkey=h")).Result.GetRawText());
        Assert.Equal("2", (await mock.GetAsync("/hget?hkey=h2&key=a")).Result.GetRawText());
        Assert.Equal("3", (await mock.GetAsync("/get?key=h")).Result.GetRawText());
    }

    [Fact]
    public async Task A_hash_field_is_also_a_flat_key()
    {
        await using var mock = await RunningMock.StartAsync();
        await mock.PostAsync("/hset", """{"hkey":"secret","key":"alice","value":"x"}""");
        Assert.Equal("\"x\"", (await mock.GetAsync("/get?key=hs%3A2bb80d537b%3AYWxpY2U%3D")).Result.GetRawText());
    }

    [Fact]
    public async Task An_empty_key_is_not_written()
    {
        await using var mock = await RunningMock.StartAsync();
        Assert.Equal("false", (await mock.PostAsync("/set", """{"key":"","value":1}""")).Result.GetRawText());
        Assert.Equal("null", (await mock.GetAsync("/get?key=")).Result.GetRawText());
    }

    [Theory]
    [InlineData("/set", "{\"key\":\"k\"}", "missing", "value")]
    [InlineData("/set", "{\"value\":1}", "missing", "key")]
    [InlineData("/set", "{\"key\":7,\"value\":1}", "string_type", "key")]
    [InlineData("/hset", "{\"key\":\"k\",\"value\":1}", "missing", "hkey")]
    [InlineData(
        "/hset",
        "{\"hkey\":\"h\",\"key\":\"k\",\"value\":1,\"chainstore_peers\":\"x\"}",
        "list_type",
        "chainstore_peers"
    )]
    [InlineData("/hsync", "{}", "missing", "hkey")]
    [InlineData("/set", "[1]", "model_attributes_type", "body")]
    [InlineData("/set", "{\"key\":", "json_invalid", "body")]
    public async Task A_wrong_body_is_422_and_names_the_member(string path, string body, string type, string member)
    {
        await using var mock = await RunningMock.StartAsync();
        var answer = await mock.PostAsync(path, body);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        var problem = answer.Detail.EnumerateArray().Single();
        Assert.Equal(type, problem.GetProperty("type").GetString());
        Assert.Equal("body", problem.GetProperty("loc")[0].GetString());
        Assert.Contains(member, problem.GetProperty("loc").EnumerateArray().Select(step => step.ToString()));
    }

    [Fact]
    public async Task A_missing_query_parameter_is_422()
    {
        await using var mock = await RunningMock.StartAsync();
        var answer = await mock.GetAsync("/hget?hkey=h");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(
            """[{"type":"missing","loc":["query","key"],"msg":"Field required","input":null}]""",
            answer.Detail.GetRawText()
        );
    }

    [Fact]
    public async Task Unknown_paths_and_wrong_verbs_answer_as_a_node_does()
    {
        await using var mock = await RunningMock.StartAsync();
        var unknown = await mock.GetAsync("/nothing");
        var wrong = await mock.PostAsync("/get", "{}");
        Assert.Equal((HttpStatusCode.NotFound, """{"detail":"Not Found"}"""), (unknown.Status, unknown.Text));
        Assert.Equal(
            (HttpStatusCode.MethodNotAllowed, """{"detail":"Method Not Allowed"}"""),
            (wrong.Status, wrong.Text)
        );
    }

    [Fact]
    public async Task A_stored_object_with_a_status_code_makes_its_reads_fail()
    {
        await using var mock = await RunningMock.StartAsync();
        await mock.PostAsync("/set", """{"key":"bad","value":{"status_code":404,"x":0,"x":1}}""");
        await mock.PostAsync("/set", """{"key":"good","value":"{\"status_code\":404}"}""");
        await mock.PostAsync("/set", """{"key":"fine","value":{"status_code":201}}""");
        var bad = await mock.GetAsync("/get?key=bad");
        Assert.Equal(HttpStatusCode.NotFound, bad.Status);
        Assert.Equal(1, bad.Detail.GetProperty("x").GetInt32());
        Assert.Equal(HttpStatusCode.OK, (await mock.GetAsync("/get?key=good")).Status);
        Assert.Equal(HttpStatusCode.OK, (await mock.GetAsync("/get?key=fine")).Status);
    }

    [Fact]
    public async Task Many_writers_at_once_all_find_what_they_wrote()
    {
        await using var mock = await RunningMock.StartAsync();
        await Parallel.ForAsync(
            0,
            500,
            TestContext.Current.CancellationToken,
            async (i, _) => await mock.PostAsync("/hset", $$"""{"hkey":"h","key":"{{i}}","value":{{i}}}""")
        );
        var all = (await mock.GetAsync("/hgetall?hkey=h")).Result;
        Assert.Equal(500, all.EnumerateObject().Count());
        Assert.All(all.EnumerateObject(), field => Assert.Equal(field.Name, field.Value.GetRawText()));
        var stats = await mock.StatsAsync("cstore");
        Assert.Equal(
            (500, 500, 1),
            (
                stats.GetProperty("writes").GetInt32(),
                stats.GetProperty("writesConfirmed").GetInt32(),
                stats.GetProperty("reads").GetInt32()
            )
        );
    }

    [Fact]
    public async Task A_large_value_comes_back_whole()
    {
        await using var mock = await RunningMock.StartAsync();
        var large = new string('x', 40_000_000);
        Assert.Equal(
            "true",
            (await mock.PostAsync("/set", $$"""{"key":"k","value":"{{large}}"}""")).Result.GetRawText()
        );
        Assert.Equal(large, (await mock.GetAsync("/get?key=k")).Result.GetString());
    }
}
