using System.Text.Json;
using System.Text.Json.Nodes;
using DataGen.Mock.Faults;
using DataGen.Mock.Hosting;
using DataGen.Mock.Node;
using DataGen.Mock.Statistics;
using Microsoft.Data.Sqlite;

namespace DataGen.Mock.CStore;

/// <summary>What a node does with CStore calls, faults included.</summary>
internal sealed class CStoreCalls(
    StoreDatabase database,
    MockFaults allFaults,
    Dice dice,
    MockStatistics statistics,
    TimeProvider clock
) : IDisposable
{
    private static readonly byte[] True = "true"u8.ToArray();
    private static readonly byte[] False = "false"u8.ToArray();
    private static readonly byte[] Null = "null"u8.ToArray();
    private readonly CStoreFaults faults = allFaults.CStore;
    private readonly CallGate gate = new(allFaults.CStore.Serialised);

    public async Task StatusAsync(HttpContext context, StoreNode node)
    {
        if (await CallFaults.IsDownAsync(context, faults.Down))
        {
            return;
        }

        await AnswersOf(node)
            .WriteResultAsync(
                context,
                new JsonObject { ["ok"] = true, ["message"] = "CStore Manager API is running." },
                faults.Bare.Take()
            );
    }

    public Task GetAsync(HttpContext context, StoreNode node) =>
        ReadAsync(context, node, "get", ["key"], given => database.Read(Asked(node), given[0]) ?? Null);

    public Task HashGetAsync(HttpContext context, StoreNode node) =>
        ReadAsync(
            context,
            node,
            "hget",
            ["hkey", "key"],
            given => database.Read(Asked(node), HashKey.Of(given[0], given[1])) ?? Null
        );

    public Task HashGetAllAsync(HttpContext context, StoreNode node) =>
        ReadAsync(
            context,
            node,
            "hgetall",
            ["hkey"],
            given =>
                Responses.Json(json =>
                {
                    json.WriteStartObject();
                    database.ReadHash(
                        Asked(node),
                        given[0],
                        (field, value) =>
                        {
                            json.WritePropertyName(field);
                            json.WriteRawValue(value, skipInputValidation: true);
                        }
                    );
                    json.WriteEndObject();
                })
        );

    public async Task SetAsync(HttpContext context, StoreNode node, bool isHash)
    {
        using var call = statistics.CStore.Writes.Enter();
        if (await CallFaults.IsDownAsync(context, faults.Down))
        {
            return;
        }

        var body = await JsonBody.ReadAsync(context);
        var hash = isHash ? body.Text("hkey", required: true) : null;
        var (key, value) = (body.Text("key", required: true), body.Raw("value"));
        CheckPeers(body);

        using var turn = await gate.EnterAsync(context.RequestAborted);
        var bare = faults.Bare.Take();
        var name = isHash ? "chainstore_hset" : "chainstore_set";
        if (key is "" || hash is "" || dice.Hits(faults.FalseDropped))
        {
            await CallFaults.WaitAsync(faults.WriteLatencyMs, clock, context.RequestAborted);
            await AnswersOf(node).WriteResultAsync(context, False, bare);
            return;
        }

        if (dice.Hits(faults.DiskFull))
        {
            throw NodeException.Raised($"Error in {name}: [Errno 28] No space left on device");
        }

        var fails = dice.Hits(faults.ErrorRate);
        if (fails && faults.ErrorStatus.Take() is "500")
        {
            throw NodeException.Raised(ToldToFail(name));
        }

        if (dice.Hits(faults.ErrorIn200))
        {
            await AnswersOf(node).WriteResultAsync(context, new JsonObject { ["error"] = ToldToFail(name) }, bare);
            return;
        }

        try
        {
            // A node writes to its own store first and then waits for a confirmation.
            var deletes = value.AsSpan().SequenceEqual("null"u8) && faults.NullDeletes.Take();
            await database.WriteAsync(
                new StoreWrite(
                    node,
                    hash is null ? key! : HashKey.Of(hash, key!),
                    deletes ? null : value,
                    faults.StaleReplica.Take()
                )
            );
        }
        catch (SqliteException exception)
        {
            throw NodeException.Raised($"Error in {name}: {exception.Message}");
        }

        await CallFaults.WaitAsync(faults.WriteLatencyMs, clock, context.RequestAborted);
        if (fails)
        {
            throw NodeException.Unanswered();
        }

        var confirmed = !dice.Hits(faults.FalseKept);
        if (confirmed)
        {
            statistics.CStore.Confirmed();
        }

        await AnswersOf(node).WriteResultAsync(context, confirmed ? True : False, bare);
    }

    public async Task HashSyncAsync(HttpContext context, StoreNode node)
    {
        if (await CallFaults.IsDownAsync(context, faults.Down))
        {
            return;
        }

        var body = await JsonBody.ReadAsync(context);
        var hash = body.Text("hkey", required: true);
        CheckPeers(body);

        using var turn = await gate.EnterAsync(context.RequestAborted);
        if (dice.Hits(faults.HsyncFails))
        {
            throw NodeException.Raised("Error in chainstore_hsync: No target peers resolved for hsync");
        }

        var merged = await database.PullAsync(node, hash!);
        var peer = node is StoreNode.Main ? NodeIdentity.Replica : NodeIdentity.Main;
        await AnswersOf(node)
            .WriteResultAsync(
                context,
                new JsonObject
                {
                    ["hkey"] = hash,
                    ["source_peer"] = peer.Address,
                    ["merged_fields"] = merged,
                },
                faults.Bare.Take()
            );
    }

    public void Dispose() => gate.Dispose();

    private static NodeResponses AnswersOf(StoreNode node) =>
        node is StoreNode.Main ? NodeResponses.Main : NodeResponses.Replica;

    private StoreNode Asked(StoreNode node) => faults.ReadFromReplica.Take() ? StoreNode.Replica : node;

    private async Task ReadAsync(
        HttpContext context,
        StoreNode node,
        string name,
        string[] parameters,
        Func<string[], ReadOnlyMemory<byte>> read
    )
    {
        using var call = statistics.CStore.Reads.Enter();
        if (await CallFaults.IsDownAsync(context, faults.Down))
        {
            return;
        }

        var query = context.Request.Query;
        if (!Array.TrueForAll(parameters, query.ContainsKey))
        {
            var missing = parameters.Where(parameter => !query.ContainsKey(parameter));
            throw NodeException.Wrong(missing.Select(parameter => InputProblem.Missing("query", parameter)));
        }

        using var turn = await gate.EnterAsync(context.RequestAborted);
        await CallFaults.WaitAsync(faults.ReadLatencyMs, clock, context.RequestAborted);
        if (dice.Hits(faults.ErrorRate))
        {
            throw faults.ErrorStatus.Take() is "500"
                ? NodeException.Raised(ToldToFail(name))
                : NodeException.Unanswered();
        }

        var bare = faults.Bare.Take();
        if (dice.Hits(faults.ErrorIn200))
        {
            await AnswersOf(node).WriteResultAsync(context, new JsonObject { ["error"] = ToldToFail(name) }, bare);
            return;
        }

        var result = read([.. parameters.Select(parameter => query[parameter][^1] ?? "")]);
        if (StatusCodeTrap.Find(result) is { } status)
        {
            throw new NodeException(status, Members(result));
        }

        await AnswersOf(node).WriteResultAsync(context, result, bare);
    }

    /// <summary>The stored members; of one that stands there twice, the last.</summary>
    private static JsonObject Members(ReadOnlyMemory<byte> value)
    {
        using var document = JsonDocument.Parse(value);
        var members = new JsonObject();
        foreach (var member in document.RootElement.EnumerateObject())
        {
            members[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        }

        return members;
    }

    private static string ToldToFail(string name) => $"Error in {name}: the mock was told to fail";

    /// <summary>Checks what was read, and the list of peers, which the mock has no use for.</summary>
    private static void CheckPeers(JsonBody body)
    {
        body.List("chainstore_peers");
        body.Check();
    }
}
