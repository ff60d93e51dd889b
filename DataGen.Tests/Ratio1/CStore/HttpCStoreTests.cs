using System.Text.Json;
using System.Text.Json.Nodes;
using DataGen.Ratio1.CStore;
using DataGen.Tests.Ratio1.Support;
using static DataGen.Tests.Ratio1.Support.ScriptedHandler;

namespace DataGen.Tests.Ratio1.CStore;

public sealed class HttpCStoreTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sdk setValue string")]
    [InlineData("sdk getValue")]
    [InlineData("sdk getValue missing")]
    [InlineData("sdk hset")]
    [InlineData("sdk hget")]
    [InlineData("sdk hgetall")]
    [InlineData("sdk hgetall missing")]
    [InlineData("sdk getStatus")]
    public async Task It_sends_what_the_TypeScript_SDK_sends(string step)
    {
        var expected = Vectors
            .Load("auth-transcript-argon2id")
            .EnumerateArray()
            .Single(entry => entry.Text("name") == step);
        var request = expected.GetProperty("requests").EnumerateArray().Single();
        var handler = new ScriptedHandler(Answer(request.Text("responseBody")));
        var store = Clients.CStore(handler, options => options with { Peers = ["0xai_P1", "0xai_P2"] });

        object? result = step switch
        {
            "sdk setValue string" => await TrueAsync(store.SetAsync("k:1 &?/é", "{\"a\":1}", Token)),
            "sdk getValue" => await store.GetAsync("k:1 &?/é", Token),
            "sdk getValue missing" => await store.GetAsync("zz", Token),
            "sdk hset" => await TrueAsync(store.HashSetAsync("h:1", "f 1", "v", Token)),
            "sdk hget" => await store.HashGetAsync("h:1", "f 1", Token),
            "sdk hgetall" => await store.HashGetAllAsync("h:1", Token),
            "sdk hgetall missing" => await store.HashGetAllAsync("none", Token),
            _ => new { ok = true, message = (await store.GetStatusAsync(Token)).Message },
        };

        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse(expected.GetProperty("result").GetRawText()),
                JsonSerializer.SerializeToNode(result)
            )
        );
        var contentType = request.GetProperty("headers").OptionalText("content-type");
        Assert.Equal(
            [(request.Text("method"), request.Text("path"), request.OptionalText("body"), contentType)],
            handler.Requests
        );
    }

    [Theory]
    [InlineData("""{"result":{"a":[1,2.50]}}""", """{"a":[1,2.50]}""")]
    [InlineData("""{"result":[1, 2]}""", "[1, 2]")]
    [InlineData("""{"result":5}""", "5")]
    [InlineData("""{"result":true}""", "true")]
    [InlineData("""{"result":{"error":"kept","id":1}}""", """{"error":"kept","id":1}""")]
    [InlineData("""{"result":null}""", null)]
    public async Task What_others_stored_as_raw_JSON_is_read_as_its_text(string answer, string? value) =>
        Assert.Equal(value, await Clients.CStore(new ScriptedHandler(Answer(answer))).GetAsync("k", Token));

    [Fact]
    public async Task Fields_that_an_old_node_keeps_as_null_are_no_fields() =>
        Assert.Equal(
            new Dictionary<string, string> { ["a"] = "1", ["c"] = "{}" },
            await Clients
                .CStore(new ScriptedHandler(Answer("""{"result":{"a":"1","b":null,"c":{}}}""")))
                .HashGetAllAsync("h", Token)
        );

    [Fact]
    public async Task Half_a_surrogate_pair_is_a_failure_of_the_store()
    {
        var failure = await Assert.ThrowsAsync<CStoreException>(() =>
            Clients.CStore(new ScriptedHandler(Answer("""{"result":"\ud800"}"""))).GetAsync("k", Token)
        );
        Assert.False(failure.IsTransient);
    }

    [Fact]
    public async Task A_path_in_the_address_is_kept()
    {
        var handler = new ScriptedHandler(Answer("""{"result":null}"""));
        await Clients
            .CStore(handler, options => options with { Address = new Uri("https://proxy.example/cstore/") })
            .GetAsync("k", Token);
        Assert.Equal("/cstore/get?key=k", handler.Requests.Single().PathAndQuery);
    }

    [Fact]
    public async Task Every_kind_of_answer_of_a_node_is_understood()
    {
        foreach (
            var exchange in Vectors
                .Load("edge-node-cstore")
                .EnumerateArray()
                .Where(exchange => exchange.GetProperty("status").GetInt32() == 200)
        )
        {
            var store = Clients.CStore(new ScriptedHandler(Answer(exchange.GetProperty("response").GetRawText())));
            var result = exchange.GetProperty("response").GetProperty("result");
            switch (exchange.Text("path").Split('?')[0])
            {
                case "/get" when result.ValueKind == JsonValueKind.Object && result.OptionalText("error") is not null:
                    // A stored object of nothing but an error cannot be told from an old node's exception; strings can.
                    await Assert.ThrowsAsync<CStoreException>(() => store.GetAsync("k", Token));
                    break;
                case "/get":
                    Assert.Equal(Stored(result), await store.GetAsync("k", Token));
                    break;
                case "/hget":
                    Assert.Equal(Stored(result), await store.HashGetAsync("h", "f", Token));
                    break;
                case "/hgetall":
                    Assert.Equal(
                        result.EnumerateObject().ToDictionary(field => field.Name, field => Stored(field.Value)!),
                        await store.HashGetAllAsync("h", Token)
                    );
                    break;
                case "/get_status":
                    Assert.Equal(
                        new CStoreStatus("CStore Manager API is running.", "0xai_NODE", "emu-1", "devnet", "2.10.370"),
                        await store.GetStatusAsync(Token)
                    );
                    break;
                case "/set" or "/hset" when result.GetBoolean():
                    await store.SetAsync("k", "v", Token);
                    break;
                default:
                    await Assert.ThrowsAsync<CStoreException>(() => store.SetAsync("k", "v", Token));
                    break;
            }
        }
    }

    [Fact]
    public async Task Peers_go_with_every_write_and_a_merge_tells_where_it_came_from()
    {
        await using var node = await FakeNode.StartAsync(Token);
        var store = node.Client();
        await store.SetAsync("k", "v", Token);
        await store.SetAsync("k", null, Token);
        await store.HashSetAsync("h", "f", "v", Token);
        Assert.Equal(Enumerable.Repeat("""["0xai_P1","0xai_P2"]""", 3), node.PeersSeen);
        Assert.Equal(new CStoreSync("h", "0xai_P1", 2), await store.HashSyncAsync("h", Token));
    }

    [Fact]
    public async Task A_status_of_before_2025_is_a_sign_of_life_too() =>
        Assert.Equal(
            new CStoreStatus(null, null, null, null, null),
            await Clients.CStore(new ScriptedHandler(Answer("""{"result":{"keys":["a"]}}"""))).GetStatusAsync(Token)
        );

    private static string? Stored(JsonElement result) =>
        result.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => result.GetString(),
            _ => result.GetRawText(),
        };

    private static async Task<bool> TrueAsync(Task task)
    {
        await task;
        return true;
    }
}
