using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataGen.Ratio1.Json;

/// <summary>Reads JSON into nodes as <c>JSON.parse</c> does: of members with one name the last value is kept, at the
/// place of the first.</summary>
internal static class JsonTree
{
    /// <summary>The nodes, all of them checked, so that later work on them cannot fail. JSON <c>null</c> is
    /// null.</summary>
    /// <exception cref="JsonException">The text is not JSON, or holds half of a surrogate pair.</exception>
    public static JsonNode? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Node(document.RootElement);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            throw new JsonException("The text is not valid Unicode.", exception);
        }
    }

    /// <summary>The compact JSON text of a node, as <c>JSON.stringify</c> writes it.</summary>
    public static string Stringify(JsonNode node)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, JsonStringifyEncoder.WriterOptions))
        {
            node.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private static JsonNode? Node(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new JsonObject();
                foreach (var member in element.EnumerateObject())
                {
                    members[member.Name] = Node(member.Value);
                }

                return members;
            case JsonValueKind.Array:
                return new JsonArray([.. element.EnumerateArray().Select(Node)]);
            case JsonValueKind.String:
                return JsonValue.Create(element.GetString());
            case JsonValueKind.True or JsonValueKind.False:
                return JsonValue.Create(element.GetBoolean());
            case JsonValueKind.Number:
                return JsonValue.Create(element.Clone());
            default:
                return null;
        }
    }
}
