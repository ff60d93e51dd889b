using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using DataGen.Ratio1.CStore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataGen.Tests.Ratio1.CStore;

/// <summary>A small node over real HTTP: CStore in memory, with the full envelope or, like Ratio1's sandbox, with
/// nothing but the result.</summary>
internal sealed class FakeNode : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly bool bare;
    private readonly ConcurrentDictionary<string, JsonNode> store = new();

    private FakeNode(WebApplication app, bool bare)
    {
        this.app = app;
        this.bare = bare;
        app.Use(
            async (context, next) =>
            {
                RequestCount++;
                if (Intercept is not { } intercept || !await intercept(context))
                {
                    await next();
                }
            }
        );
        app.MapGet(
            "/get_status",
            () => Answer(new JsonObject { ["ok"] = true, ["message"] = "CStore Manager API is running." })
        );
        app.MapGet("/get", (string key) => Answer(store.GetValueOrDefault($"k:{key}")));
        app.MapGet("/hget", (string hkey, string key) => Answer(store.GetValueOrDefault($"h:{hkey}\n{key}")));
        app.MapGet(
            "/hgetall",
            (string hkey) =>
                Answer(
                    new JsonObject(
                        store
                            .Where(entry => entry.Key.StartsWith($"h:{hkey}\n", StringComparison.Ordinal))
                            .Select(entry =>
                                KeyValuePair.Create(entry.Key.Split('\n', 2)[1], (JsonNode?)entry.Value.DeepClone())
                            )
                    )
                )
        );
        app.MapPost("/set", (JsonObject body) => Keep($"k:{body["key"]}", body));
        app.MapPost("/hset", (JsonObject body) => Keep($"h:{body["hkey"]}\n{body["key"]}", body));
        app.MapPost(
            "/hsync",
            (JsonObject body) =>
                Answer(
                    new JsonObject
                    {
                        ["hkey"] = body["hkey"]!.DeepClone(),
                        ["source_peer"] = body["chainstore_peers"]![0]!.DeepClone(),
                        ["merged_fields"] = 2,
                    }
                )
        );
    }

    public Uri Address => new(app.Urls.Single());

    /// <summary>Runs before the node; true: it has answered.</summary>
    public Func<HttpContext, Task<bool>>? Intercept { get; set; }

    public int RequestCount { get; private set; }

    public ConcurrentQueue<string> PeersSeen { get; } = [];

    public static async Task<FakeNode> StartAsync(CancellationToken cancellationToken, bool bare = false)
    {
        // An empty builder: the appsettings.json beside the tests are those of the services.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls($"http://{IPAddress.Loopback}:0");
        builder.Services.AddRoutingCore();
        var node = new FakeNode(builder.Build(), bare);
        await node.app.StartAsync(cancellationToken);
        return node;
    }

    /// <summary>A client of this node.</summary>
    public HttpCStore Client() =>
        new(
            new HttpClient(),
            new CStoreOptions { Address = Address, Peers = ["0xai_P1", "0xai_P2"] },
            TimeProvider.System,
            NullLogger<HttpCStore>.Instance
        );

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private IResult Keep(string key, JsonObject body)
    {
        PeersSeen.Enqueue(body["chainstore_peers"]!.ToJsonString());
        if (body["value"] is { } value)
        {
            store[key] = value.DeepClone();
        }
        else
        {
            store.TryRemove(key, out _);
        }

        return Answer(true);
    }

    private IResult Answer(JsonNode? result)
    {
        var envelope = bare
            ? new JsonObject()
            : new JsonObject
            {
                ["server_node_addr"] = "0xai_NODE",
                ["evm_network"] = "devnet",
                ["ee_node_alias"] = "fake-node",
                ["ee_node_address"] = "0xai_NODE",
                ["ee_node_eth_address"] = "0xETH",
                ["ee_node_network"] = "devnet",
                ["ee_node_ver"] = "0.0.0-fake",
            };
        envelope["result"] = result?.DeepClone();
        return Results.Text(envelope.ToJsonString(), "application/json");
    }
}
