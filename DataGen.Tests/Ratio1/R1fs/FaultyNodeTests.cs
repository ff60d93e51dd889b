using System.Text;
using System.Text.Json.Nodes;
using DataGen.Ratio1.R1fs;
using DataGen.Tests.Mock;
using DataGen.Tests.Ratio1.Support;
using Microsoft.Extensions.Time.Testing;

namespace DataGen.Tests.Ratio1.R1fs;

/// <summary>The HTTP client against every fault switch of the mock's R1FS: what the caller sees and in how many
/// attempts.</summary>
public sealed class FaultyNodeTests
{
    private const string Down = "transient: answered 503.";
    private const string Aborted = "transient: could not be reached (";
    private const string Missing = "not found: answered 404 (File not found!).";
    private const string Missing64 = "not found: answered with an error (Failed to retrieve file with CID ";

    /// <summary>Calls, switches, outcome, attempts (3 at most). <c>{0}</c> is the endpoint's name.</summary>
    public static TheoryData<string, string, string, int> Faults =>
        new()
        {
            { "status addFile addBase64 addJson getFile getBase64 delete deleteMany", """{"down":"503"}""", Down, 3 },
            {
                "status addFile addBase64 addJson getFile getBase64 delete deleteMany",
                """{"down":{"value":"503","calls":2}}""",
                "ok",
                3
            },
            {
                "status addFile addBase64 addJson getFile getBase64 delete deleteMany",
                """{"down":"abort"}""",
                Aborted,
                3
            },
            {
                "status addFile addBase64 addJson getFile getBase64 delete deleteMany",
                """{"down":{"value":"abort","calls":2}}""",
                "ok",
                3
            },
            {
                "status addFile addBase64 addJson getFile getBase64 delete deleteMany",
                """{"serialised":true}""",
                "ok",
                1
            },
            {
                "status addFile addBase64 addJson getFile getBase64 delete deleteMany",
                """{"writeLatencyMs":20,"readLatencyMs":20}""",
                "ok",
                1
            },
            { "addFile addBase64 addJson", """{"cidNull":1}""", "transient: did not store the file.", 3 },
            { "addFile addBase64 addJson", """{"cidNull":{"value":1,"calls":2}}""", "ok", 3 },
            { "status getFile getBase64 delete deleteMany", """{"cidNull":1}""", "ok", 1 },
            { "getFile", """{"notFound":1}""", Missing, 1 },
            { "getBase64", """{"notFound":1}""", Missing64, 1 },
            { "status addFile addBase64 addJson delete deleteMany", """{"notFound":1}""", "ok", 1 },
            {
                "addFile",
                """{"errorRate":1}""",
                "transient: answered 500 (Internal server error: the mock was told to fail).",
                3
            },
            {
                "addBase64 addJson",
                """{"errorRate":1}""",
                "transient: answered 500 (Error in add_file: the mock was told to fail).",
                3
            },
            {
                "getFile getBase64 delete deleteMany",
                """{"errorRate":1}""",
                "transient: answered 500 (Error in {0}: the mock was told to fail).",
                3
            },
            {
                "addFile addBase64 addJson getFile getBase64 delete deleteMany",
                """{"errorRate":{"value":1,"calls":2}}""",
                "ok",
                3
            },
            { "status", """{"errorRate":1}""", "ok", 1 },
            {
                "addFile",
                """{"diskFull":1}""",
                "transient: answered 500 (Internal server error: [Errno 28] No space left on device).",
                3
            },
            {
                "addBase64 addJson",
                """{"diskFull":1}""",
                "transient: answered 500 (Error in add_file: [Errno 28] No space left on device).",
                3
            },
            { "addFile addBase64 addJson", """{"diskFull":{"value":1,"calls":2}}""", "ok", 3 },
            { "status getFile getBase64 delete deleteMany", """{"diskFull":1}""", "ok", 1 },
        };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_call_has_the_outcome_of_the_table(string calls, string switches, string outcome, int attempts)
    {
        await using var mock = await RunningMock.StartAsync();
        foreach (var call in calls.Split(' '))
        {
            var cid = await Client(mock).AddFileBase64Async("hello"u8.ToArray(), new R1fsFile("a.txt"), Token);
            await mock.SwitchAsync($$"""{"r1fs":{{switches}}}""");
            using var counter = new CountingHandler();
            var seen = await Outcome.OfAsync(() => CallAsync(Client(mock, counter), call, cid));
            await mock.SendAsync(HttpMethod.Delete, "/mock/faults", null);

            var expected = string.Format(
                null,
                outcome,
                call switch
                {
                    "getFile" => "get_file",
                    "getBase64" => "get_file_base64",
                    "delete" => "delete_file",
                    _ => "delete_files",
                }
            );
            if (expected[^1] is '(' or ' ')
            {
                Assert.StartsWith(expected, seen, StringComparison.Ordinal);
            }
            else
            {
                Assert.Equal(expected, seen);
            }

            Assert.Equal(attempts, counter.Count);
        }
    }

    [Fact]
    public async Task Every_switch_is_in_the_table()
    {
        await using var mock = await RunningMock.StartAsync();
        var switches = (await mock.GetAsync("/mock/faults"))
            .Body.GetProperty("r1fs")
            .EnumerateObject()
            .Select(fault => fault.Name)
            .ToList();
        var table = string.Concat(Faults.Select(row => row.Data.Item2));
        Assert.NotEmpty(switches);
        Assert.All(switches, name => Assert.Contains($"\"{name}\":", table, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("addFile")]
    [InlineData("addBase64")]
    [InlineData("addJson")]
    [InlineData("getFile")]
    [InlineData("getBase64")]
    [InlineData("delete")]
    [InlineData("deleteMany")]
    public async Task A_node_that_does_not_answer_is_given_two_minutes(string call)
    {
        await using var mock = await RunningMock.StartAsync();
        await mock.SwitchAsync("""{"r1fs":{"writeLatencyMs":3600000,"readLatencyMs":3600000}}""");
        var time = new FakeTimeProvider();
        var seen = Outcome.OfAsync(() => CallAsync(Client(mock, time: time), call, "QmX"));
        time.Advance(TimeSpan.FromSeconds(119));
        Assert.False(seen.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("transient: did not answer within 120 s.", await seen);
    }

    private static async Task CallAsync(HttpR1fs r1fs, string call, string cid)
    {
        switch (call)
        {
            case "status":
                await r1fs.PingAsync(Token);
                break;
            case "addFile":
                using (var content = new MemoryStream("hello"u8.ToArray()))
                {
                    Assert.StartsWith(
                        "Qm",
                        await r1fs.AddFileAsync(content, new R1fsFile("a.txt"), Token),
                        StringComparison.Ordinal
                    );
                }

                break;
            case "addBase64":
                Assert.StartsWith(
                    "Qm",
                    await r1fs.AddFileBase64Async("hello"u8.ToArray(), new R1fsFile("a.txt"), Token),
                    StringComparison.Ordinal
                );
                break;
            case "addJson":
                Assert.StartsWith(
                    "Qm",
                    await r1fs.AddJsonAsync(new JsonObject { ["a"] = 1 }, new R1fsFile("a.json"), Token),
                    StringComparison.Ordinal
                );
                break;
            case "getFile":
                using (var reader = new StreamReader(await r1fs.GetFileAsync(cid, null, Token)))
                {
                    Assert.Equal("hello", await reader.ReadToEndAsync(Token));
                }

                break;
            case "getBase64":
                Assert.Equal(
                    "hello",
                    Encoding.UTF8.GetString((await r1fs.GetFileBase64Async(cid, null, Token)).Bytes.Span)
                );
                break;
            case "delete":
                await r1fs.DeleteFileAsync(cid, Token);
                break;
            default:
                Assert.Equal([cid], (await r1fs.DeleteFilesAsync([cid], Token)).Deleted);
                break;
        }
    }

    private static HttpR1fs Client(RunningMock mock, HttpMessageHandler? handler = null, TimeProvider? time = null) =>
        Clients.R1fs(handler ?? new SocketsHttpHandler(), time, new Uri(mock.Http.BaseAddress!, "r1fs"));
}
