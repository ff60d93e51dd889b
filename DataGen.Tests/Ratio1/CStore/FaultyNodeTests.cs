using DataGen.Ratio1.CStore;
using DataGen.Tests.Mock;
using DataGen.Tests.Ratio1.Support;
using Microsoft.Extensions.Time.Testing;

namespace DataGen.Tests.Ratio1.CStore;

/// <summary>The HTTP client against every fault switch of the mock's CStore: what the caller sees, in how many
/// attempts, and what the node holds afterwards.</summary>
public sealed class FaultyNodeTests
{
    private const string Aborted = "transient: could not be reached (";
    private const string Raised = "transient: answered 500 (Error in {0}: the mock was told to fail).";
    private const string Unanswered = "transient: answered 504 (Error waiting for plugin response:).";
    private const string Error = "transient: answered with an error (Error in {0}: the mock was told to fail).";
    private const string NoSpace = "transient: answered 500 (Error in {0}: [Errno 28] No space left on device).";
    private const string Unconfirmed = "transient: did not confirm the write.";

    /// <summary>Writing "new" over "old": switches, outcome, attempts (3 at most), held afterwards.</summary>
    public static TheoryData<string, string, int, string> Writes =>
        new()
        {
            { """{"down":"503"}""", "transient: answered 503.", 3, "old" },
            { """{"down":{"value":"503","calls":2}}""", "ok", 3, "new" },
            { """{"down":"abort"}""", Aborted, 3, "old" },
            { """{"down":{"value":"abort","calls":2}}""", "ok", 3, "new" },
            { """{"serialised":true}""", "ok", 1, "new" },
            { """{"writeLatencyMs":20}""", "ok", 1, "new" },
            { """{"readLatencyMs":3600000}""", "ok", 1, "new" },
            { """{"falseKept":1}""", Unconfirmed, 1, "new" },
            { """{"falseDropped":1}""", Unconfirmed, 1, "old" },
            { """{"errorRate":1}""", Raised, 3, "old" },
            { """{"errorRate":{"value":1,"calls":2}}""", "ok", 3, "new" },
            { """{"errorRate":1,"errorStatus":"504"}""", Unanswered, 3, "new" },
            { """{"errorRate":{"value":1,"calls":1},"errorStatus":"504"}""", "ok", 2, "new" },
            { """{"errorIn200":1}""", Error, 3, "old" },
            { """{"errorIn200":{"value":1,"calls":2}}""", "ok", 3, "new" },
            { """{"diskFull":1}""", NoSpace, 3, "old" },
            { """{"diskFull":{"value":1,"calls":2}}""", "ok", 3, "new" },
            { """{"hsyncFails":1}""", "ok", 1, "new" },
            { """{"staleReplica":true}""", "ok", 1, "new" },
            { """{"readFromReplica":true}""", "ok", 1, "new" },
            { """{"nullDeletes":false}""", "ok", 1, "new" },
            { """{"bare":true}""", "ok", 1, "new" },
        };

    /// <summary>Reading "old": calls, switches, outcome, attempts (4 at most).</summary>
    public static TheoryData<string, string, string, int> Reads =>
        new()
        {
            { "get hget hgetall", """{"down":"503"}""", "transient: answered 503.", 4 },
            { "get hget hgetall", """{"down":{"value":"503","calls":3}}""", "old", 4 },
            { "get hget hgetall", """{"down":"abort"}""", Aborted, 4 },
            { "get hget hgetall", """{"down":{"value":"abort","calls":3}}""", "old", 4 },
            { "get hget hgetall", """{"serialised":true}""", "old", 1 },
            { "get hget hgetall", """{"writeLatencyMs":3600000}""", "old", 1 },
            { "get hget hgetall", """{"readLatencyMs":20}""", "old", 1 },
            { "get hget hgetall", """{"falseKept":1,"falseDropped":1,"diskFull":1,"hsyncFails":1}""", "old", 1 },
            { "get hget hgetall", """{"errorRate":1}""", Raised, 4 },
            { "get hget hgetall", """{"errorRate":{"value":1,"calls":3}}""", "old", 4 },
            { "get hget hgetall", """{"errorRate":1,"errorStatus":"504"}""", Unanswered, 4 },
            { "get hget", """{"errorIn200":1}""", Error, 4 },
            { "get hget", """{"errorIn200":{"value":1,"calls":3}}""", "old", 4 },
            // An answer {"error":…} could be a hash with one such field; hget tells.
            {
                "hgetall",
                """{"errorIn200":1}""",
                "transient: answered with an error (Error in hget: the mock was told to fail).",
                5
            },
            { "hgetall", """{"errorIn200":{"value":1,"calls":1}}""", "old", 3 },
            { "hgetall", """{"errorIn200":{"value":1,"calls":3}}""", "old", 5 },
            { "get hget hgetall", """{"staleReplica":true,"readFromReplica":true}""", "old", 1 },
            { "get hget hgetall", """{"nullDeletes":false}""", "old", 1 },
            { "get hget hgetall", """{"bare":true}""", "old", 1 },
        };

    /// <summary>Syncing one field from the other node (never repeated), and then asking for the status: switches,
    /// outcomes, attempts of the latter (4 at most).</summary>
    public static TheoryData<string, string, string, int> Others =>
        new()
        {
            { """{"down":"503"}""", "transient: answered 503.", "transient: answered 503.", 4 },
            {
                """{"down":{"value":"503","calls":1}}""",
                "transient: answered 503.",
                "CStore Manager API is running.",
                2
            },
            { """{"down":"abort"}""", Aborted, Aborted, 4 },
            { """{"serialised":true}""", "1 field", "CStore Manager API is running.", 1 },
            {
                """{"hsyncFails":1}""",
                "transient: answered 500 (Error in chainstore_hsync: No target peers resolved for hsync).",
                "CStore Manager API is running.",
                1
            },
            { """{"errorRate":1,"errorIn200":1,"diskFull":1}""", "1 field", "CStore Manager API is running.", 1 },
            { """{"bare":true}""", "1 field", "CStore Manager API is running.", 1 },
        };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_write_has_the_outcome_of_the_table(string switches, string outcome, int attempts, string held)
    {
        await using var mock = await RunningMock.StartAsync();
        await Client(mock).SetAsync("k", "old", Token);
        await Client(mock).HashSetAsync("h", "f", "old", Token);

        await UnderAsync(
            mock,
            switches,
            attempts,
            string.Format(null, outcome, "chainstore_set"),
            client => Outcome.OfAsync(() => client.SetAsync("k", "new", Token))
        );
        await UnderAsync(
            mock,
            switches,
            attempts,
            string.Format(null, outcome, "chainstore_hset"),
            client => Outcome.OfAsync(() => client.HashSetAsync("h", "f", "new", Token))
        );
        Assert.Equal(
            [held, held],
            [await Client(mock).GetAsync("k", Token), await Client(mock).HashGetAsync("h", "f", Token)]
        );
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task A_read_has_the_outcome_of_the_table(string calls, string switches, string outcome, int attempts)
    {
        await using var mock = await RunningMock.StartAsync();
        await Client(mock).SetAsync("k", "old", Token);
        await Client(mock).HashSetAsync("h", "f", "old", Token);
        foreach (var call in calls.Split(' '))
        {
            await UnderAsync(
                mock,
                switches,
                attempts,
                string.Format(null, outcome, call),
                client =>
                    Outcome.OfAsync(() =>
                        call switch
                        {
                            "get" => client.GetAsync("k", Token),
                            "hget" => client.HashGetAsync("h", "f", Token),
                            _ => FieldAsync(client),
                        }
                    )
            );
        }
    }

    [Theory]
    [MemberData(nameof(Others))]
    public async Task A_sync_and_a_status_have_the_outcome_of_the_table(
        string switches,
        string synced,
        string status,
        int attempts
    )
    {
        await using var mock = await RunningMock.StartAsync();
        await Client(mock).HashSetAsync("h", "f", "old", Token);
        await UnderAsync(
            mock,
            switches,
            1,
            synced,
            client =>
                Outcome.OfAsync(async () => (string?)$"{(await client.HashSyncAsync("h", Token)).MergedFields} field")
        );
        await UnderAsync(
            mock,
            switches,
            attempts,
            status,
            client => Outcome.OfAsync(async () => (await client.GetStatusAsync(Token)).Message)
        );
    }

    [Fact]
    public async Task Every_switch_is_in_a_table()
    {
        await using var mock = await RunningMock.StartAsync();
        var switches = (await mock.GetAsync("/mock/faults"))
            .Body.GetProperty("cstore")
            .EnumerateObject()
            .Select(fault => fault.Name)
            .ToList();
        var tables =
            string.Concat(Writes.Select(row => row.Data.Item1)) + string.Concat(Reads.Select(row => row.Data.Item2));
        Assert.NotEmpty(switches);
        Assert.All(switches, name => Assert.Contains($"\"{name}\":", tables, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_write_whose_confirmation_does_not_come_fails_after_45_seconds_and_is_kept()
    {
        await using var mock = await RunningMock.StartAsync();
        await mock.SwitchAsync("""{"cstore":{"writeLatencyMs":3600000}}""");
        var time = new FakeTimeProvider();
        var write = Outcome.OfAsync(() => Client(mock, time: time).SetAsync("k", "new", Token));
        await Eventually.GetAsync(() => Client(mock).GetAsync("k", Token), value => value == "new");
        time.Advance(TimeSpan.FromSeconds(44));
        Assert.False(write.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("transient: did not answer within 45 s.", await write);
        Assert.Equal("new", await Client(mock).GetAsync("k", Token));
    }

    [Fact]
    public async Task A_read_fails_after_45_seconds_when_the_node_is_slow_or_busy_with_a_slow_write()
    {
        await using var slow = await RunningMock.StartAsync();
        await slow.SwitchAsync("""{"cstore":{"readLatencyMs":3600000}}""");
        var time = new FakeTimeProvider();
        var read = Outcome.OfAsync(() => Client(slow, time: time).GetAsync("k", Token));
        time.Advance(TimeSpan.FromSeconds(45));
        Assert.Equal("transient: did not answer within 45 s.", await read);

        await using var busy = await RunningMock.StartAsync();
        await busy.SwitchAsync("""{"cstore":{"writeLatencyMs":3600000,"serialised":{"value":true,"calls":1}}}""");
        using var cancellation = new CancellationTokenSource();
        var write = Client(busy).SetAsync("k", "new", cancellation.Token);
        await Eventually.GetAsync(() => Client(busy).GetAsync("k", Token), value => value == "new");
        await busy.SwitchAsync("""{"cstore":{"serialised":true}}""");
        read = Outcome.OfAsync(() => Client(busy, time: time).GetAsync("k", Token));
        time.Advance(TimeSpan.FromSeconds(45));
        Assert.Equal("transient: did not answer within 45 s.", await read);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write);
        Assert.Equal("new", await Client(busy).GetAsync("k", Token));
    }

    [Fact]
    public async Task A_lagging_node_is_read_as_it_is_until_it_is_synced()
    {
        await using var mock = await RunningMock.StartAsync();
        await Client(mock).HashSetAsync("h", "f", "old", Token);
        await mock.SwitchAsync("""{"cstore":{"staleReplica":true,"readFromReplica":true}}""");
        await Client(mock).HashSetAsync("h", "f", "new", Token);
        Assert.Equal("old", await Client(mock).HashGetAsync("h", "f", Token));
        Assert.Equal(new Dictionary<string, string> { ["f"] = "old" }, await Client(mock).HashGetAllAsync("h", Token));

        var synced = await Client(mock, node: new Uri(mock.Http.BaseAddress!, "replica")).HashSyncAsync("h", Token);
        Assert.Equal(("h", 1), (synced.HashKey, synced.MergedFields));
        Assert.NotEqual(
            synced.SourcePeer,
            (await Client(mock, node: new Uri(mock.Http.BaseAddress!, "replica")).GetStatusAsync(Token)).NodeAddress
        );
        Assert.Equal("new", await Client(mock).HashGetAsync("h", "f", Token));
    }

    [Fact]
    public async Task A_node_that_stores_null_instead_of_deleting_reads_as_if_it_had_deleted()
    {
        await using var mock = await RunningMock.StartAsync();
        await Client(mock).SetAsync("k", "old", Token);
        await Client(mock).HashSetAsync("h", "f", "old", Token);
        await mock.SwitchAsync("""{"cstore":{"nullDeletes":false}}""");
        await Client(mock).SetAsync("k", null, Token);
        await Client(mock).HashSetAsync("h", "f", null, Token);
        Assert.Equal("""{"f":null}""", (await mock.GetAsync("/hgetall?hkey=h")).Result.GetRawText());
        Assert.Equal(
            [null, null],
            [await Client(mock).GetAsync("k", Token), await Client(mock).HashGetAsync("h", "f", Token)]
        );
        Assert.Empty(await Client(mock).HashGetAllAsync("h", Token));
    }

    [Fact]
    public async Task A_bare_node_has_no_name_but_a_status()
    {
        await using var mock = await RunningMock.StartAsync();
        Assert.NotNull((await Client(mock).GetStatusAsync(Token)).NodeAlias);
        await mock.SwitchAsync("""{"cstore":{"bare":true}}""");
        Assert.Equal(
            new CStoreStatus("CStore Manager API is running.", null, null, null, null),
            await Client(mock).GetStatusAsync(Token)
        );
    }

    /// <summary>Makes one call while the switches, and no others, are set.</summary>
    private static async Task UnderAsync(
        RunningMock mock,
        string switches,
        int attempts,
        string outcome,
        Func<HttpCStore, Task<string>> call
    )
    {
        await mock.SwitchAsync($$"""{"cstore":{{switches}}}""");
        using var counter = new CountingHandler();
        var seen = await call(Client(mock, counter));
        await mock.SendAsync(HttpMethod.Delete, "/mock/faults", null);
        if (outcome.EndsWith('('))
        {
            Assert.StartsWith(outcome, seen, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(outcome, seen);
        }

        Assert.Equal(attempts, counter.Count);
    }

    private static async Task<string?> FieldAsync(HttpCStore client) =>
        (await client.HashGetAllAsync("h", Token)).GetValueOrDefault("f");

    private static HttpCStore Client(
        RunningMock mock,
        HttpMessageHandler? handler = null,
        TimeProvider? time = null,
        Uri? node = null
    ) =>
        Clients.CStore(
            handler ?? new SocketsHttpHandler(),
            options => options with { Address = node ?? mock.Http.BaseAddress! },
            time
        );
}
