using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataGen.Mock.Faults;
using DataGen.Mock.Hosting;
using DataGen.Mock.Node;
using DataGen.Mock.Statistics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Primitives;

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

    public async Task StatusAsync(HttpContext context, NodeResponses responses)
    {
        if (await CallFaults.IsDownAsync(context, faults.Down))
        {
            return;
        }

        await responses.WriteResultAsync(
            context,
            new JsonObject { ["ok"] = true, ["message"] = "CStore Manager API is running." },
            faults.Bare.Take()
        );
    }

    public Task GetAsync(HttpContext context, StoreNode node, NodeResponses responses) =>
        ReadAsync(context, responses, "get", ["key"], given => database.Read(Asked(node), given[0]) ?? Null);

    public Task HashGetAsync(HttpContext context, StoreNode node, NodeResponses responses) =>
        ReadAsync(
            context,
            responses,
            "hget",
            ["hkey", "key"],
            given => database.Read(Asked(node), HashKey.Of(given[0], given[1])) ?? Null
        );

    public Task HashGetAllAsync(HttpContext context, StoreNode node, NodeResponses responses) =>
        ReadAsync(
            context,
            responses,
            "hgetall",
            ["hkey"],
            given =>
            {
                var buffer = new ArrayBufferWriter<byte>(1024);
                using (var json = new Utf8JsonWriter(buffer, Responses.Relaxed))
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
                }

                return buffer.WrittenMemory;
            }
        );

    public async Task SetAsync(HttpContext context, StoreNode node, NodeResponses responses, bool hash)
    {
        using var call = statistics.CStore.Write();
        if (await CallFaults.IsDownAsync(context, faults.Down))
        {
            return;
        }

        if (await ReadBodyAsync(context, hash, keyAndValue: true) is not { } body)
        {
            return;
        }

        using var turn = await gate.EnterAsync(context.RequestAborted);
        var bare = faults.Bare.Take();
        var name = hash ? "chainstore_hset" : "chainstore_set";
        if (body.Key.Length == 0 || (hash && body.HashKey.Length == 0) || dice.Hits(faults.FalseDropped))
        {
            await CallFaults.WaitAsync(faults.WriteLatencyMs, clock, context.RequestAborted);
            await responses.WriteResultAsync(context, False, bare);
            return;
        }

        if (dice.Hits(faults.DiskFull))
        {
            await responses.WriteRaisedAsync(context, $"Error in {name}: [Errno 28] No space left on device");
            return;
        }

        var fails = dice.Hits(faults.ErrorRate);
        if (fails && faults.ErrorStatus.Take() is "500")
        {
            await responses.WriteRaisedAsync(context, $"Error in {name}: the mock was told to fail");
            return;
        }

        if (dice.Hits(faults.ErrorIn200))
        {
            await responses.WriteErrorResultAsync(context, $"Error in {name}: the mock was told to fail", bare);
            return;
        }

        try
        {
            // A node writes to its own store first and then waits for a confirmation.
            var deletes = body.Value.AsSpan().SequenceEqual("null"u8) && faults.NullDeletes.Take();
            var key = hash ? HashKey.Of(body.HashKey, body.Key) : body.Key;
            await database.WriteAsync(
                new StoreWrite(node, key, deletes ? null : body.Value, faults.StaleReplica.Take())
            );
        }
        catch (SqliteException exception)
        {
            await responses.WriteRaisedAsync(context, $"Error in {name}: {exception.Message}");
            return;
        }

        await CallFaults.WaitAsync(faults.WriteLatencyMs, clock, context.RequestAborted);
        if (fails)
        {
            await responses.WriteUnansweredAsync(context);
            return;
        }

        var confirmed = !dice.Hits(faults.FalseKept);
        if (confirmed)
        {
            call.Confirm();
        }

        await responses.WriteResultAsync(context, confirmed ? True : False, bare);
    }

    public async Task HashSyncAsync(HttpContext context, StoreNode node, NodeResponses responses)
    {
        if (await CallFaults.IsDownAsync(context, faults.Down))
        {
            return;
        }

        if (await ReadBodyAsync(context, hash: true, keyAndValue: false) is not { } body)
        {
            return;
        }

        using var turn = await gate.EnterAsync(context.RequestAborted);
        if (dice.Hits(faults.HsyncFails))
        {
            await responses.WriteRaisedAsync(context, "Error in chainstore_hsync: No target peers resolved for hsync");
            return;
        }

        var merged = await database.PullAsync(node, body.HashKey);
        var peer = node is StoreNode.Main ? NodeIdentity.Replica : NodeIdentity.Main;
        await responses.WriteResultAsync(
            context,
            new JsonObject
            {
                ["hkey"] = body.HashKey,
                ["source_peer"] = peer.Address,
                ["merged_fields"] = merged,
            },
            faults.Bare.Take()
        );
    }

    public void Dispose() => gate.Dispose();

    private StoreNode Asked(StoreNode node) => faults.ReadFromReplica.Take() ? StoreNode.Replica : node;

    private async Task ReadAsync(
        HttpContext context,
        NodeResponses responses,
        string name,
        string[] parameters,
        Func<string[], ReadOnlyMemory<byte>> read
    )
    {
        using var call = statistics.CStore.Read();
        if (await CallFaults.IsDownAsync(context, faults.Down))
        {
            return;
        }

        var given = parameters.Select(parameter => context.Request.Query[parameter]).ToArray();
        if (given.Any(StringValues.IsNullOrEmpty) && Missing(parameters, given) is { Count: > 0 } problems)
        {
            await InputProblem.WriteAsync(context, problems);
            return;
        }

        using var turn = await gate.EnterAsync(context.RequestAborted);
        await CallFaults.WaitAsync(faults.ReadLatencyMs, clock, context.RequestAborted);
        if (dice.Hits(faults.ErrorRate))
        {
            await (
                faults.ErrorStatus.Take() is "500"
                    ? responses.WriteRaisedAsync(context, $"Error in {name}: the mock was told to fail")
                    : responses.WriteUnansweredAsync(context)
            );
            return;
        }

        var bare = faults.Bare.Take();
        if (dice.Hits(faults.ErrorIn200))
        {
            await responses.WriteErrorResultAsync(context, $"Error in {name}: the mock was told to fail", bare);
            return;
        }

        var result = read([.. given.Select(value => value[^1] ?? "")]);
        if (StatusCodeTrap.Find(result.Span) is { } status)
        {
            await responses.WriteDetailAsync(context, status, json => StatusCodeTrap.WriteMembers(json, result));
            return;
        }

        await responses.WriteResultAsync(context, result, bare);
    }

    private static List<InputProblem> Missing(string[] parameters, StringValues[] given) =>
        [
            .. parameters
                .Where((_, i) => given[i].Count == 0)
                .Select(parameter => InputProblem.Missing("query", parameter)),
        ];

    private static async ValueTask<WriteBody?> ReadBodyAsync(HttpContext context, bool hash, bool keyAndValue)
    {
        var json = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
        var body = default(WriteBody);
        var problems = RequestBody.IsJson(context.Request)
            ? WriteBody.TryRead(json, hash, keyAndValue, out body)
            : [InputProblem.BodyIsNoObject];
        context.Request.BodyReader.AdvanceTo(json.End);
        if (problems.Count == 0)
        {
            return body;
        }

        await InputProblem.WriteAsync(context, problems);
        return null;
    }
}
