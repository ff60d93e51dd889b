using System.Net;
using DataGen.Ratio1.CStore;
using DataGen.Tests.Ratio1.Support;
using Microsoft.Extensions.Time.Testing;
using static DataGen.Tests.Ratio1.Support.ScriptedHandler;

namespace DataGen.Tests.Ratio1.CStore;

/// <summary>The table of faults: what a node may answer, and what the client makes of it.</summary>
public sealed class HttpCStoreFaultTests
{
    private const string Meta = "\"server_node_addr\":\"0xai_NODE\",\"evm_network\":\"devnet\"";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, int, string, string, bool, int, int> Faults =>
        new()
        {
            // fault, status, body, words expected, transient, attempts of a read (3 retries), of a write (2 retries)
            {
                "endpoint raised",
                500,
                $$$"""{"detail":{{{{Meta}}},"error":"forced","status_code":500,"logged":true}}""",
                "answered 500 (forced)",
                true,
                4,
                3
            },
            {
                "plugin did not answer",
                504,
                $$$"""{"detail":{{{{Meta}}},"detail":"Error waiting for plugin response: ","logged":true}}""",
                "answered 504 (Error waiting for plugin response:)",
                true,
                4,
                3
            },
            { "plain 500 of a proxy", 502, "<html>Bad Gateway</html>", "answered 502.", true, 4, 3 },
            {
                "error text of the sandbox",
                500,
                """{"error":{"status":500,"message":"sandbox","detail":"x"}}""",
                "answered 500 (sandbox)",
                true,
                4,
                3
            },
            { "throttled", 429, "", "answered 429.", true, 4, 3 },
            { "request time-out", 408, "", "answered 408.", true, 4, 3 },
            {
                "value error",
                404,
                $$$"""{"detail":{{{{Meta}}},"error":"hash not found","status_code":404,"logged":true}}""",
                "answered 404 (hash not found)",
                false,
                1,
                1
            },
            { "unknown path", 404, """{"detail":"Not Found"}""", "answered 404 (Not Found)", false, 1, 1 },
            {
                "wrong verb",
                405,
                """{"detail":"Method Not Allowed"}""",
                "answered 405 (Method Not Allowed)",
                false,
                1,
                1
            },
            {
                "pydantic 1",
                422,
                """{"detail":[{"loc":["query","key"],"msg":"field required","type":"value_error.missing"}]}""",
                "answered 422 (query.key: field required)",
                false,
                1,
                1
            },
            {
                "pydantic 2 echoes the input",
                422,
                """{"detail":[{"type":"missing","loc":["body","value"],"msg":"Field required","input":{"value":"VALUE"}}]}""",
                "answered 422 (body.value: Field required)",
                false,
                1,
                1
            },
            {
                "stored object with a status_code",
                404,
                $$$"""{"detail":{{{{Meta}}},"status_code":404,"x":"VALUE"}}""",
                "answered 404.",
                false,
                1,
                1
            },
            {
                "exception of an old node",
                200,
                $$$"""{{{{Meta}}},"result":{"error":"old boom"}}""",
                "answered with an error (old boom)",
                true,
                4,
                3
            },
            { "no result", 200, $$$"""{{{{Meta}}}}""", "answered without a result", false, 1, 1 },
            { "not an object", 200, "[1]", "answered without a result", false, 1, 1 },
            { "not JSON", 200, "<html>", "answered with something that is not JSON", true, 4, 3 },
            { "cut off", 200, """{"result":tr""", "answered with something that is not JSON", true, 4, 3 },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_becomes_an_exception_with_the_nodes_words(
        string fault,
        int status,
        string body,
        string words,
        bool transient,
        int readAttempts,
        int writeAttempts
    )
    {
        TestContext.Current.SendDiagnosticMessage(fault);
        var reading = new ScriptedHandler(Answer(body, (HttpStatusCode)status));
        var readFailure = await Assert.ThrowsAsync<CStoreException>(() =>
            Clients.CStore(reading).HashGetAsync("h", "f", Token)
        );
        var writing = new ScriptedHandler(Answer(body, (HttpStatusCode)status));
        var writeFailure = await Assert.ThrowsAsync<CStoreException>(() =>
            Clients.CStore(writing).HashSetAsync("h", "f", "VALUE", Token)
        );

        Assert.Contains(
            $"CStore hget: the node at node.example:31234 {words}",
            readFailure.Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"CStore hset: the node at node.example:31234 {words}",
            writeFailure.Message,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("VALUE", readFailure.ToString() + writeFailure, StringComparison.Ordinal);
        Assert.Equal((transient, transient), (readFailure.IsTransient, writeFailure.IsTransient));
        Assert.Equal((readAttempts, writeAttempts), (reading.Requests.Count, writing.Requests.Count));
    }

    [Fact]
    public async Task A_write_answered_with_false_is_an_unconfirmed_write_and_left_to_the_caller()
    {
        var handler = new ScriptedHandler(Answer("""{"result":false}"""));
        var failure = await Assert.ThrowsAsync<CStoreException>(() =>
            Clients.CStore(handler).SetAsync("k", "v", Token)
        );
        Assert.Equal("CStore set: the node at node.example:31234 did not confirm the write.", failure.Message);
        Assert.True(failure.IsTransient);
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task A_read_of_false_is_a_value() =>
        Assert.Equal(
            "false",
            await Clients.CStore(new ScriptedHandler(Answer("""{"result":false}"""))).GetAsync("k", Token)
        );

    [Fact]
    public async Task A_passing_fault_is_not_noticed()
    {
        var handler = new ScriptedHandler(
            Throws(new HttpRequestException("refused")),
            Answer("", HttpStatusCode.ServiceUnavailable),
            Answer("""{"result":"there"}""")
        );
        Assert.Equal("there", await Clients.CStore(handler).GetAsync("k", Token));
        Assert.Equal(3, handler.Requests.Count);
    }

    [Fact]
    public async Task A_repeated_write_sends_the_same_body()
    {
        var handler = new ScriptedHandler(Throws(new HttpRequestException("reset")), Answer("""{"result":true}"""));
        await Clients.CStore(handler).SetAsync("k", "v", Token);
        Assert.Equal(handler.Requests[0], handler.Requests[1]);
    }

    [Fact]
    public async Task An_unreachable_node_is_a_transient_failure_that_says_why()
    {
        var handler = new ScriptedHandler(Throws(new HttpRequestException("Connection refused (node.example:31234)")));
        var failure = await Assert.ThrowsAsync<CStoreException>(() => Clients.CStore(handler).PingAsync(Token));
        Assert.Equal(
            "CStore get_status: the node at node.example:31234 could not be reached (Connection refused (node.example:31234)).",
            failure.Message
        );
        Assert.True(failure.IsTransient);
        Assert.IsType<HttpRequestException>(failure.InnerException);
    }

    [Fact]
    public async Task A_silent_node_is_given_45_seconds()
    {
        var time = new FakeTimeProvider();
        var call = Clients.CStore(new ScriptedHandler(Silence), time: time).SetAsync("k", "v", Token);
        time.Advance(TimeSpan.FromSeconds(44));
        Assert.False(call.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        var failure = await Assert.ThrowsAsync<CStoreException>(() => call);
        Assert.Equal("CStore set: the node at node.example:31234 did not answer within 45 s.", failure.Message);
        Assert.True(failure.IsTransient);
    }

    [Fact]
    public async Task The_deadline_covers_the_retries_and_the_last_failure_is_told()
    {
        var time = new FakeTimeProvider();
        var call = Clients
            .CStore(
                new ScriptedHandler(Answer("""{"detail":"busy"}""", HttpStatusCode.ServiceUnavailable), Silence),
                time: time
            )
            .GetAsync("k", Token);
        for (var i = 0; i < 100 && !call.IsCompleted; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var failure = await Assert.ThrowsAsync<CStoreException>(() => call);
        Assert.Contains("answered 503 (busy)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_retry_waits_as_long_as_the_node_asks()
    {
        var time = new FakeTimeProvider();
        var handler = new ScriptedHandler(
            Answer(
                "",
                HttpStatusCode.TooManyRequests,
                response => response.Headers.RetryAfter = new(TimeSpan.FromSeconds(7))
            ),
            Answer("""{"result":"there"}""")
        );
        var call = Clients.CStore(handler, time: time).GetAsync("k", Token);
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.False(call.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("there", await call);
    }

    [Fact]
    public async Task A_retry_that_would_come_after_the_deadline_is_not_waited_for()
    {
        var handler = new ScriptedHandler(
            Answer(
                "",
                HttpStatusCode.TooManyRequests,
                response => response.Headers.RetryAfter = new(TimeSpan.FromHours(1))
            )
        );
        await Assert.ThrowsAsync<CStoreException>(() => Clients.CStore(handler).GetAsync("k", Token));
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task The_callers_cancellation_is_not_a_failure_of_the_store()
    {
        using var source = new CancellationTokenSource();
        var call = Clients.CStore(new ScriptedHandler(Silence)).GetAsync("k", source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task A_hash_whose_only_field_is_named_error_is_told_from_an_error()
    {
        var user = new ScriptedHandler(
            Answer("""{"result":{"error":"{\"role\":\"user\"}"}}"""),
            Answer("""{"result":"{\"role\":\"user\"}"}""")
        );
        Assert.Equal(
            new Dictionary<string, string> { ["error"] = "{\"role\":\"user\"}" },
            await Clients.CStore(user).HashGetAllAsync("h", Token)
        );

        var oldNode = new ScriptedHandler(Answer("""{"result":{"error":"old boom"}}"""));
        var failure = await Assert.ThrowsAsync<CStoreException>(() =>
            Clients.CStore(oldNode).HashGetAllAsync("h", Token)
        );
        Assert.Contains("old boom", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_merge_is_not_repeated_and_its_failure_tells_the_nodes_words()
    {
        var handler = new ScriptedHandler(
            Answer(
                """{"detail":{"error":"No target peers resolved for hsync 'h'.","status_code":500,"logged":true}}""",
                HttpStatusCode.InternalServerError
            )
        );
        var failure = await Assert.ThrowsAsync<CStoreException>(() =>
            Clients.CStore(handler).HashSyncAsync("h", Token)
        );
        Assert.Contains("No target peers resolved for hsync 'h'.", failure.Message, StringComparison.Ordinal);
        Assert.Single(handler.Requests);
    }
}
