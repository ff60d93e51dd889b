using System.Text;
using System.Text.Json.Nodes;
using DataGen.Mock.Hosting;

namespace DataGen.Mock.Node;

/// <summary>Answers in a Ratio1 node's shape: <c>{seven metadata members, "result": …}</c>.</summary>
internal sealed class NodeResponses
{
    private static readonly byte[] BareHead = "{\"result\":"u8.ToArray();
    private static readonly byte[] Tail = "}"u8.ToArray();
    private readonly NodeIdentity node;
    private readonly byte[] head;

    private NodeResponses(NodeIdentity node)
    {
        this.node = node;
        head = Encoding.UTF8.GetBytes($"{WithMetadata([]).ToJsonString()[..^1]},\"result\":");
    }

    /// <summary>The answers of the node behind the root.</summary>
    public static NodeResponses Main { get; } = new(NodeIdentity.Main);

    /// <summary>The answers of the node behind <c>/replica</c>.</summary>
    public static NodeResponses Replica { get; } = new(NodeIdentity.Replica);

    /// <summary>200 with a result that is JSON already.</summary>
    public Task WriteResultAsync(HttpContext context, ReadOnlyMemory<byte> result, bool bare = false) =>
        Responses.WriteJsonAsync(context, StatusCodes.Status200OK, result, bare ? BareHead : head, Tail);

    public Task WriteResultAsync(HttpContext context, JsonNode result, bool bare = false) =>
        WriteResultAsync(context, Responses.Json(json => result.WriteTo(json)), bare);

    /// <summary>The members behind the seven that every answer starts with.</summary>
    public JsonObject WithMetadata(JsonObject members)
    {
        var all = new JsonObject
        {
            ["server_node_addr"] = node.Address,
            ["evm_network"] = NodeIdentity.Network,
            ["ee_node_alias"] = node.Alias,
            ["ee_node_address"] = node.Address,
            ["ee_node_eth_address"] = node.EthAddress,
            ["ee_node_network"] = NodeIdentity.Network,
            ["ee_node_ver"] = NodeIdentity.Version,
        };
        foreach (var (name, value) in members)
        {
            all[name] = value?.DeepClone();
        }

        return all;
    }
}
