using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataGen.Ratio1.CStore;
using DataGen.Ratio1.R1fs;

namespace DataGen.Tests.Interop;

/// <summary>The real <c>@ratio1/edge-sdk-ts</c> on the mock, and what it and our clients make of each other's
/// data.</summary>
public sealed class EdgeSdkTests
{
    private static readonly byte[] Bytes = [.. Encoding.UTF8.GetBytes("Ünïcode 🔒\r\n"), 0, 255, 128];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static JsonObject Content => new() { ["base64"] = Convert.ToBase64String(Bytes) };

    [Fact]
    public async Task It_gets_a_nodes_status_and_envelope()
    {
        await using var node = await SharedNode.StartAsync();
        var status = await node.App.CallAsync("cstore.getStatusFull");
        Assert.Equal(
            """{"ok":true,"message":"CStore Manager API is running."}""",
            status.GetProperty("result").GetRawText()
        );
        string[] metadata =
        [
            "server_node_addr",
            "evm_network",
            "ee_node_alias",
            "ee_node_address",
            "ee_node_eth_address",
            "ee_node_network",
            "ee_node_ver",
        ];
        Assert.All(metadata, name => Assert.NotEmpty(status.GetProperty(name).GetString()!));
        string[] identity = ["ID", "PublicKey", "AgentVersion"];
        var files = await node.App.CallAsync("r1fs.getStatus");
        Assert.All(identity, name => Assert.NotEmpty(files.GetProperty(name).GetString()!));
    }

    /// <summary>A value the package writes, and the text that our client reads.</summary>
    [Theory]
    [InlineData("\"plain\"", "plain")]
    [InlineData("\"\"", "")]
    [InlineData("\"{\\\"a\\\":1}\"", "{\"a\":1}")]
    [InlineData("\"Ünïcode 🔒 \\u2028 \\u0000\"", "Ünïcode 🔒 \u2028 \0")]
    [InlineData("{\"b\":[1,null,true],\"a\":\"é\"}", "{\"b\":[1,null,true],\"a\":\"é\"}")]
    [InlineData("12.5", "12.5")]
    [InlineData("false", "false")]
    public async Task A_value_it_writes_comes_back_and_is_read_here(string value, string text)
    {
        await using var node = await SharedNode.StartAsync();
        Assert.True(
            (
                await node.App.CallAsync(
                    "cstore.setValue",
                    new JsonObject { ["key"] = "k:+ ä", ["value"] = JsonNode.Parse(value) }
                )
            ).GetBoolean()
        );
        Assert.True(
            (
                await node.App.CallAsync(
                    "cstore.hset",
                    new JsonObject
                    {
                        ["hkey"] = "h:+ ä",
                        ["key"] = "f/& 🔒",
                        ["value"] = JsonNode.Parse(value),
                    }
                )
            ).GetBoolean()
        );

        var theirs = new[]
        {
            await node.App.CallAsync("cstore.getValue", new JsonObject { ["key"] = "k:+ ä" }),
            await node.App.CallAsync("cstore.hget", Field("f/& 🔒")),
            (await node.App.CallAsync("cstore.hgetall", Hash())).GetProperty("f/& 🔒"),
        };
        Assert.All(
            theirs,
            read =>
                Assert.True(
                    JsonElement.DeepEquals(JsonElement.Parse(value), read),
                    $"{value} came back as {read.GetRawText()}."
                )
        );
        Assert.Equal(
            [text, text],
            [await node.CStore.GetAsync("k:+ ä", Token), await node.CStore.HashGetAsync("h:+ ä", "f/& 🔒", Token)]
        );
        Assert.Equal(
            new Dictionary<string, string> { ["f/& 🔒"] = text },
            await node.CStore.HashGetAllAsync("h:+ ä", Token)
        );
    }

    [Fact]
    public async Task It_reads_what_is_written_here_and_each_removes_the_others_values()
    {
        await using var node = await SharedNode.StartAsync();
        const string Text = """{"a":[1,null],"é":"🔒"}""";
        await node.CStore.SetAsync("k", Text, Token);
        await node.CStore.HashSetAsync("h:+ ä", "one", Text, Token);
        await node.CStore.HashSetAsync("h:+ ä", "two", "2", Token);
        Assert.Equal(Text, (await node.App.CallAsync("cstore.getValue", new JsonObject { ["key"] = "k" })).GetString());
        Assert.Equal(
            new JsonObject { ["one"] = Text, ["two"] = "2" }.ToJsonString(),
            JsonSerializer.SerializeToNode(await node.App.CallAsync("cstore.hgetall", Hash()))!.ToJsonString()
        );

        await node.CStore.HashSetAsync("h:+ ä", "one", null, Token);
        var removal = Field("two");
        removal["value"] = null;
        Assert.True((await node.App.CallAsync("cstore.hset", removal)).GetBoolean());
        Assert.Equal("{}", (await node.App.CallAsync("cstore.hgetall", Hash())).GetRawText());
        Assert.Equal(JsonValueKind.Null, (await node.App.CallAsync("cstore.hget", Field("one"))).ValueKind);
        Assert.Null(await node.CStore.HashGetAsync("h:+ ä", "two", Token));
        await node.App.CallAsync("cstore.setValue", new JsonObject { ["key"] = "k", ["value"] = null });
        Assert.Null(await node.CStore.GetAsync("k", Token));
    }

    [Fact]
    public async Task Both_fail_alike_on_a_stored_object_that_looks_like_an_error()
    {
        await using var node = await SharedNode.StartAsync();
        await node.App.CallAsync(
            "cstore.setValue",
            new JsonObject
            {
                ["key"] = "trap",
                ["value"] = new JsonObject { ["status_code"] = 404 },
            }
        );
        Assert.Equal(
            404,
            (
                await Assert.ThrowsAsync<TypeScriptException>(() =>
                    node.App.CallAsync("cstore.getValue", new JsonObject { ["key"] = "trap" })
                )
            ).Status
        );
        Assert.Contains(
            "answered 404",
            (await Assert.ThrowsAsync<CStoreException>(() => node.CStore.GetAsync("trap", Token))).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(null)]
    [InlineData("gehëim 🔒")]
    public async Task A_file_it_adds_comes_back_and_is_read_here(string? secret)
    {
        await using var node = await SharedNode.StartAsync();
        var upload = new JsonObject { ["file"] = Content, ["filename"] = "grüße 1.bin" };
        var inline = new JsonObject
        {
            ["file_base64_str"] = Convert.ToBase64String(Bytes),
            ["filename"] = "grüße 1.bin",
        };
        if (secret is not null)
        {
            upload["secret"] = secret;
            inline["secret"] = secret;
        }

        foreach (
            var added in new[]
            {
                await node.App.CallAsync("r1fs.addFile", upload),
                await node.App.CallAsync("r1fs.addFileBase64", inline),
            }
        )
        {
            var cid = added.GetProperty("cid").GetString()!;
            var asked = new JsonObject { ["cid"] = cid, ["secret"] = secret };
            Assert.Equal(
                Bytes,
                (await node.App.CallAsync("r1fs.getFile", asked)).GetProperty("base64").GetBytesFromBase64()
            );
            Assert.Equal(
                Bytes,
                (await node.App.CallAsync("r1fs.getFileBase64", asked))
                    .GetProperty("file_base64_str")
                    .GetBytesFromBase64()
            );
            var content = await node.R1fs.GetFileBase64Async(cid, secret, Token);
            Assert.Equal(
                ("grüße 1.bin", Convert.ToBase64String(Bytes)),
                (content.FileName, Convert.ToBase64String(content.Bytes.Span))
            );
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("gehëim 🔒")]
    public async Task It_reads_a_file_that_is_added_here(string? secret)
    {
        await using var node = await SharedNode.StartAsync();
        using var stream = new MemoryStream(Bytes);
        var file = new R1fsFile("grüße \"1\".bin", secret);
        foreach (
            var cid in new[]
            {
                await node.R1fs.AddFileAsync(stream, file, Token),
                await node.R1fs.AddFileBase64Async(Bytes, file, Token),
            }
        )
        {
            var asked = new JsonObject { ["cid"] = cid, ["secret"] = secret };
            Assert.Equal(
                Bytes,
                (await node.App.CallAsync("r1fs.getFile", asked)).GetProperty("base64").GetBytesFromBase64()
            );
            Assert.Equal(
                Bytes,
                (await node.App.CallAsync("r1fs.getFileBase64", asked))
                    .GetProperty("file_base64_str")
                    .GetBytesFromBase64()
            );
            var wrong = new JsonObject { ["cid"] = cid, ["secret"] = "another" };
            Assert.Equal(
                404,
                (await Assert.ThrowsAsync<TypeScriptException>(() => node.App.CallAsync("r1fs.getFile", wrong))).Status
            );
            Assert.Contains(
                "Failed to retrieve file",
                (await node.App.CallAsync("r1fs.getFileBase64", wrong)).GetProperty("error").GetString(),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task Json_with_a_nonce_gets_the_same_id_on_both_sides()
    {
        await using var node = await SharedNode.StartAsync();
        var data = new JsonObject { ["z"] = "é🔒", ["a"] = new JsonArray(1, 2.5, null) };
        var request = new JsonObject
        {
            ["data"] = data.DeepClone(),
            ["fn"] = "d.json",
            ["nonce"] = 7,
        };
        var cid = (await node.App.CallAsync("r1fs.addJson", request)).GetProperty("cid").GetString();
        Assert.Equal(cid, (await node.App.CallAsync("r1fs.calculateJsonCid", request)).GetProperty("cid").GetString());
        Assert.Equal(cid, await node.R1fs.AddJsonAsync(data, new R1fsFile("d.json", Nonce: 7), Token));
        using var reader = new StreamReader(await node.R1fs.GetFileAsync(cid!, null, Token));
        Assert.Equal("""{"a":[1,2.5,null],"z":"\u00e9\ud83d\udd12"}""", await reader.ReadToEndAsync(Token));
    }

    [Fact]
    public async Task Each_deletes_the_others_files()
    {
        await using var node = await SharedNode.StartAsync();
        var ours = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            ours.Add(await node.R1fs.AddFileBase64Async(Bytes, new R1fsFile("a"), Token));
        }

        Assert.True(
            (await node.App.CallAsync("r1fs.deleteFile", new JsonObject { ["cid"] = ours[0] }))
                .GetProperty("success")
                .GetBoolean()
        );
        var many = await node.App.CallAsync(
            "r1fs.deleteFiles",
            new JsonObject { ["cids"] = new JsonArray([.. ours.Select(cid => JsonValue.Create(cid))]) }
        );
        Assert.Equal(
            (2, 1),
            (many.GetProperty("success_count").GetInt32(), many.GetProperty("failed_count").GetInt32())
        );
        await Assert.AllAsync(
            ours,
            async cid =>
                Assert.True(
                    (await Assert.ThrowsAsync<R1fsException>(() => node.R1fs.GetFileAsync(cid, null, Token))).IsNotFound
                )
        );

        var theirs = (await node.App.CallAsync("r1fs.addFile", new JsonObject { ["file"] = Content }))
            .GetProperty("cid")
            .GetString()!;
        await node.R1fs.DeleteFileAsync(theirs, Token);
        Assert.Equal(
            404,
            (
                await Assert.ThrowsAsync<TypeScriptException>(() =>
                    node.App.CallAsync("r1fs.getFile", new JsonObject { ["cid"] = theirs })
                )
            ).Status
        );
    }

    private static JsonObject Hash() => new() { ["hkey"] = "h:+ ä" };

    private static JsonObject Field(string name) => new() { ["hkey"] = "h:+ ä", ["key"] = name };
}
