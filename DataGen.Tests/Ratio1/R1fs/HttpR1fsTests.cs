using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using DataGen.Ratio1.R1fs;
using DataGen.Tests.Ratio1.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using static DataGen.Tests.Ratio1.Support.ScriptedHandler;

namespace DataGen.Tests.Ratio1.R1fs;

public sealed class HttpR1fsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("addFileBase64", """{"result":{"cid":"QmFake"}}""")]
    [InlineData("addJson", """{"result":{"cid":"QmFake"}}""")]
    [InlineData("getFile", "hello")]
    [InlineData("getFileBase64", """{"result":{"file_base64_str":"aGVsbG8=","filename":"a.txt"}}""")]
    [InlineData("deleteFile", """{"result":{"success":true,"message":"ok","cid":"QmX"}}""")]
    public async Task It_sends_what_the_TypeScript_SDK_sends(string step, string answer)
    {
        var expected = Vectors
            .Load("r1fs-sdk-requests")
            .EnumerateArray()
            .Single(entry => entry.Text("name") == step)
            .GetProperty("requests")[0];
        var handler = step == "getFile" ? new ScriptedHandler(Bytes(answer)) : new ScriptedHandler(Answer(answer));
        var r1fs = Clients.R1fs(handler);
        var result = step switch
        {
            "addFileBase64" => await r1fs.AddFileBase64Async("hi"u8.ToArray(), new R1fsFile("a.txt"), Token),
            "addJson" => await r1fs.AddJsonAsync(
                new JsonObject { ["z"] = 1, ["a"] = 2 },
                new R1fsFile("j.json"),
                Token
            ),
            "getFile" => await new StreamReader(await r1fs.GetFileAsync("QmX", "s s", Token)).ReadToEndAsync(Token),
            "getFileBase64" => Encoding.UTF8.GetString((await r1fs.GetFileBase64Async("QmX", null, Token)).Bytes.Span),
            _ => await DoneAsync(r1fs.DeleteFileAsync("QmX", Token)),
        };
        Assert.Equal(
            step.StartsWith("add", StringComparison.Ordinal) ? "QmFake"
                : step.StartsWith("get", StringComparison.Ordinal) ? "hello"
                : "done",
            result
        );
        Assert.Equal(
            [
                (
                    expected.Text("method"),
                    expected.Text("path"),
                    expected.Text("body") is { Length: > 0 } body ? body : null,
                    expected.GetProperty("headers").OptionalText("content-type")
                ),
            ],
            handler.Requests
        );
    }

    [Theory]
    [InlineData("addFile buffer", "a.txt", "s", 7)]
    [InlineData("addFile buffer no metadata", "file", null, null)]
    public async Task It_uploads_a_file_as_the_TypeScript_SDK_does(string step, string name, string? secret, int? nonce)
    {
        var expected = Vectors
            .Load("r1fs-sdk-requests")
            .EnumerateArray()
            .Single(entry => entry.Text("name") == step)
            .GetProperty("requests")[0];
        var handler = new ScriptedHandler(
            Answer("""{"result":{"message":"File uploaded successfully","cid":"QmFake"}}""")
        );
        using var content = new MemoryStream("hello"u8.ToArray());
        Assert.Equal(
            "QmFake",
            await Clients.R1fs(handler).AddFileAsync(content, new R1fsFile(name, secret, nonce), Token)
        );

        var request = Assert.Single(handler.Requests);
        Assert.Equal(
            Parts(expected.Text("body"), expected.GetProperty("headers").Text("content-type")),
            Parts(request.Body!, request.ContentType!)
        );
        Assert.True(content.CanRead);
    }

    [Fact]
    public async Task A_repeated_upload_starts_where_the_stream_stood()
    {
        var handler = new ScriptedHandler(
            Throws(new HttpRequestException("reset")),
            Answer("""{"result":{"cid":"QmFake"}}""")
        );
        using var content = new MemoryStream("skipped,hello"u8.ToArray()) { Position = 8 };
        Assert.Equal(
            "QmFake",
            await Clients.R1fs(handler).AddFileAsync(content, new R1fsFile("naïve \"1\".txt"), Token)
        );
        Assert.Equal(2, handler.Requests.Count);
        Assert.All(
            handler.Requests,
            request => Assert.Contains("filename=\"naïve %221%22.txt\"\r\n", request.Body!, StringComparison.Ordinal)
        );
        Assert.All(
            handler.Requests,
            request => Assert.Contains("\r\n\r\nhello\r\n", request.Body!, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_stream_that_cannot_go_back_is_sent_once()
    {
        var handler = new ScriptedHandler(Throws(new HttpRequestException("reset")));
        await using var content = new System.IO.Compression.GZipStream(
            new MemoryStream(),
            System.IO.Compression.CompressionMode.Decompress
        );
        Assert.True(
            (
                await Assert.ThrowsAsync<R1fsException>(() =>
                    Clients.R1fs(handler).AddFileAsync(content, new R1fsFile("a"), Token)
                )
            ).IsTransient
        );
        Assert.Single(handler.Requests);
    }

    public static TheoryData<string, int, string, string, bool, bool> Faults =>
        new()
        {
            // call, status, body, words expected, transient, not found
            {
                "get",
                404,
                """{"detail":{"server_node_addr":"0xai","detail":"File not found!"}}""",
                "get_file: the node at node.example:31234 answered 404 (File not found!).",
                false,
                true
            },
            {
                "get",
                200,
                """{"result":{"error":"old boom"}}""",
                "answered with JSON instead of a file (old boom)",
                false,
                true
            },
            { "get", 500, """{"detail":{"error":"boom","status_code":500}}""", "answered 500 (boom)", true, false },
            {
                "get64",
                200,
                """{"result":{"error":"Failed to retrieve file with CID QmX","file_base64_str":null,"filename":null}}""",
                "answered with an error (Failed to retrieve file with CID QmX)",
                false,
                true
            },
            {
                "get64",
                200,
                """{"result":{"file_base64_str":null,"filename":null}}""",
                "answered without the file",
                false,
                true
            },
            {
                "get64",
                200,
                """{"result":{"file_base64_str":"data:;base64,!!","filename":null}}""",
                "answered with something that is not base64",
                false,
                false
            },
            { "add", 200, """{"result":{"cid":null}}""", "did not store the file", true, false },
            { "add", 200, """{"result":{"error":"disk full"}}""", "answered with an error (disk full)", true, false },
            {
                "add",
                400,
                """{"detail":{"server_node_addr":"0xai","detail":"Invalid JSON in form field 'body'"}}""",
                "answered 400 (Invalid JSON in form field 'body')",
                false,
                false
            },
            {
                "add",
                500,
                """{"detail":{"detail":"Internal server error: boom"}}""",
                "answered 500 (Internal server error: boom)",
                true,
                false
            },
            {
                "delete",
                200,
                """{"result":{"success":false,"message":"not pinned","cid":"QmX"}}""",
                "did not delete the file (not pinned)",
                true,
                false
            },
            { "deleteMany", 200, """{"result":"error"}""", "did not say what it deleted", true, false },
            { "ping", 504, "", "get_status: the node at node.example:31234 answered 504.", true, false },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_becomes_an_exception_with_the_nodes_words(
        string call,
        int status,
        string body,
        string words,
        bool transient,
        bool notFound
    )
    {
        var r1fs = Clients.R1fs(new ScriptedHandler(Answer(body, (HttpStatusCode)status)));
        var failure = await Assert.ThrowsAsync<R1fsException>(() =>
            call switch
            {
                "get" => r1fs.GetFileAsync("QmX", null, Token),
                "get64" => r1fs.GetFileBase64Async("QmX", null, Token),
                "add" => r1fs.AddFileBase64Async(new byte[] { 1 }, new R1fsFile("a"), Token),
                "delete" => r1fs.DeleteFileAsync("QmX", Token),
                "deleteMany" => r1fs.DeleteFilesAsync(["QmX"], Token),
                _ => r1fs.PingAsync(Token),
            }
        );
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.Equal((transient, notFound), (failure.IsTransient, failure.IsNotFound));
    }

    [Fact]
    public async Task Of_many_deletions_the_failed_ones_are_told()
    {
        var handler = new ScriptedHandler(
            Answer(
                """{"result":{"success":["QmA",{"cid":"QmC"}],"failed":["QmB"],"total":3,"success_count":2,"failed_count":1}}"""
            )
        );
        var deletion = await Clients.R1fs(handler).DeleteFilesAsync(["QmA", "QmB", "QmC"], Token);
        Assert.Equal(["QmA", "QmC"], deletion.Deleted);
        Assert.Equal(["QmB"], deletion.Failed);
        Assert.Equal("""{"cids":["QmA","QmB","QmC"]}""", handler.Requests.Single().Body);
        Assert.Empty((await Clients.R1fs(handler).DeleteFilesAsync([], Token)).Failed);
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task A_silent_node_is_given_two_minutes()
    {
        var time = new FakeTimeProvider();
        var call = Clients.R1fs(new ScriptedHandler(Silence), time).GetFileAsync("QmX", null, Token);
        time.Advance(TimeSpan.FromSeconds(119));
        Assert.False(call.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains(
            "did not answer within 120 s",
            (await Assert.ThrowsAsync<R1fsException>(() => call)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_file_is_read_up_to_the_largest_that_is_allowed()
    {
        var file = new string('x', 1000);
        foreach (var (limit, isRead) in new[] { (1000, true), (999, false) })
        {
            var r1fs = new HttpR1fs(
                new HttpClient(new ScriptedHandler(Bytes(file))),
                new R1fsOptions { Address = Clients.Node, MaximumAnswerBytes = limit },
                TimeProvider.System,
                NullLogger<HttpR1fs>.Instance
            );
            using var reader = new StreamReader(await r1fs.GetFileAsync("QmX", null, Token));
            if (isRead)
            {
                Assert.Equal(file, await reader.ReadToEndAsync(Token));
            }
            else
            {
                await Assert.ThrowsAsync<IOException>(() => reader.ReadToEndAsync(Token));
            }
        }
    }

    [Fact]
    public void A_files_secret_is_not_printed() => Assert.Equal("a.txt", new R1fsFile("a.txt", "secret").ToString());

    private static Func<CancellationToken, Task<HttpResponseMessage>> Bytes(string content) =>
        _ =>
        {
            var response = new HttpResponseMessage { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(content)) };
            response.Content.Headers.ContentType = new("application/octet-stream");
            return Task.FromResult(response);
        };

    // The parts without what may differ: the boundary and the media type guessed from the file's name.
    private static string[] Parts(string body, string contentType) =>
        [
            .. body.Split("--" + contentType.Split("boundary=")[1].Trim('"'), StringSplitOptions.None)
                .Skip(1)
                .Select(part =>
                    string.Join(
                        "\r\n",
                        part.Split("\r\n").Where(line => !line.StartsWith("Content-Type:", StringComparison.Ordinal))
                    )
                ),
        ];

    private static async Task<string> DoneAsync(Task task)
    {
        await task;
        return "done";
    }
}
