using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataGen.Mock.Hosting;

namespace DataGen.Mock.Node;

/// <summary>Answers in a Ratio1 node's shapes: <c>{seven metadata members, "result": …}</c>, or <c>{"detail":
/// {metadata, …}}</c> for a failure.</summary>
internal sealed class NodeResponses
{
    private static readonly byte[] BareHead = "{\"result\":"u8.ToArray();
    private static readonly byte[] Tail = "}"u8.ToArray();
    private readonly NodeIdentity node;
    private readonly byte[] head;

    public NodeResponses(NodeIdentity node)
    {
        this.node = node;
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteMetadata(json);
            json.WritePropertyName("result");
            json.WriteNullValue();
            json.WriteEndObject();
        }

        head = buffer.WrittenSpan[..^"null}".Length].ToArray();
    }

    /// <summary>The answers of the node behind the root.</summary>
    public static NodeResponses Main { get; } = new(NodeIdentity.Main);

    /// <summary>The answers of the node behind <c>/replica</c>.</summary>
    public static NodeResponses Replica { get; } = new(NodeIdentity.Replica);

    /// <summary>200 with a result that is JSON already.</summary>
    public Task WriteResultAsync(HttpContext context, ReadOnlyMemory<byte> result, bool bare = false) =>
        Responses.WriteJsonAsync(context, StatusCodes.Status200OK, bare ? BareHead : head, result, Tail);

    /// <summary>200 with a result that <paramref name="write"/> writes.</summary>
    public Task WriteResultAsync(HttpContext context, Action<Utf8JsonWriter> write, bool bare = false)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Responses.Relaxed))
        {
            write(json);
        }

        return WriteResultAsync(context, buffer.WrittenMemory, bare);
    }

    public Task WriteResultAsync(HttpContext context, JsonNode result, bool bare = false) =>
        WriteResultAsync(context, json => result.WriteTo(json), bare);

    /// <summary>200 with <c>result.error</c>: how a node reports what the caller did wrong.</summary>
    public Task WriteErrorResultAsync(HttpContext context, string error, bool bare = false) =>
        WriteResultAsync(context, new JsonObject { ["error"] = error }, bare);

    /// <summary>The endpoint raised: <c>{"detail": {metadata, "error", "status_code", "logged"}}</c>.</summary>
    public Task WriteRaisedAsync(
        HttpContext context,
        string error,
        int status = StatusCodes.Status500InternalServerError
    ) =>
        WriteDetailAsync(
            context,
            status,
            json =>
            {
                json.WriteString("error", error);
                json.WriteNumber("status_code", status);
                json.WriteBoolean("logged", true);
            }
        );

    /// <summary>The plugin did not answer in time.</summary>
    public Task WriteUnansweredAsync(HttpContext context) =>
        WriteDetailAsync(
            context,
            StatusCodes.Status504GatewayTimeout,
            json =>
            {
                json.WriteString("detail", "Error waiting for plugin response: ");
                json.WriteBoolean("logged", true);
            }
        );

    /// <summary><c>{"detail": {metadata, "detail": text}}</c>.</summary>
    public Task WriteFailureAsync(HttpContext context, int status, string text) =>
        WriteDetailAsync(context, status, json => json.WriteString("detail", text));

    /// <summary><c>{"detail": {metadata, what <paramref name="write"/> writes}}</c>.</summary>
    public Task WriteDetailAsync(HttpContext context, int status, Action<Utf8JsonWriter> write) =>
        Responses.WriteJsonAsync(
            context,
            status,
            json =>
            {
                json.WriteStartObject();
                json.WriteStartObject("detail");
                WriteMetadata(json);
                write(json);
                json.WriteEndObject();
                json.WriteEndObject();
            }
        );

    /// <summary>The seven members every answer starts with.</summary>
    public void WriteMetadata(Utf8JsonWriter json)
    {
        json.WriteString("server_node_addr", node.Address);
        json.WriteString("evm_network", NodeIdentity.Network);
        json.WriteString("ee_node_alias", node.Alias);
        json.WriteString("ee_node_address", node.Address);
        json.WriteString("ee_node_eth_address", node.EthAddress);
        json.WriteString("ee_node_network", NodeIdentity.Network);
        json.WriteString("ee_node_ver", NodeIdentity.Version);
    }
}
