using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataGen.Web.Display;

/// <summary>The definition of a task beyond its prompt and count, for people.</summary>
internal static class DefinitionText
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    /// <summary>As indented JSON; null: there is nothing beyond prompt and count.</summary>
    internal static string? Of(GenerationTask task) => Members(task)?.ToJsonString(Readable);

    /// <summary>Its members; null: there are none. A seed that nobody gave is left out.</summary>
    internal static JsonObject? Members(GenerationTask task)
    {
        if (task.Spec.Sampling.Length == 0)
        {
            return null;
        }

        var members = JsonNode.Parse(task.Spec.Sampling)!.AsObject();
        if (members["seed"] is JsonValue seed && seed.TryGetValue(out long value) && value == 0)
        {
            members.Remove("seed");
        }

        // Those of an extended task say how often its count was raised; a copy is one block, of whatever count.
        members.Remove("blocks");
        return members;
    }
}
