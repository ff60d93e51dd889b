using System.Globalization;
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

    /// <summary>The definition as indented JSON; null: there is nothing beyond prompt and count.</summary>
    internal static string? Of(GenerationTask task) => Members(task)?.ToJsonString(Readable);

    /// <summary>The definition in a body of <c>POST /api/tasks</c>, as indented JSON.</summary>
    internal static string Of(JsonElement definition)
    {
        var members = JsonObject.Create(definition)!;
        members.Remove("prompt");
        members.Remove("count");
        return members.ToJsonString(Readable);
    }

    /// <summary>The definition of a task as indented JSON, with these records as its examples if there are
    /// any.</summary>
    internal static string? Of(GenerationTask task, IEnumerable<string> examples)
    {
        var listed = new JsonArray([.. examples.Select(example => JsonNode.Parse(example))]);
        var members = Members(task);
        if (listed.Count > 0)
        {
            (members ??= [])["examples"] = listed;
        }

        return members?.ToJsonString(Readable);
    }

    /// <summary>The bounds of the task's cost, from its definition or as changed later; null: there are none.</summary>
    internal static string? Budget(GenerationTask task)
    {
        if (Members(task)?["budget"] is not JsonObject { Count: > 0 } budget)
        {
            return null;
        }

        return string.Join(
            " · ",
            new[]
            {
                budget["calls"] is { } calls ? $"{Figures.Number(calls.GetValue<long>())} calls" : null,
                budget["tokens"] is { } tokens ? $"{Figures.Number(tokens.GetValue<long>())} tokens" : null,
                budget["cost"] is { } cost ? $"a cost of {Figures.Cost(cost.GetValue<double>())}" : null,
                budget["until"] is { } until
                    ? $"until {until.GetValue<DateTimeOffset>().UtcDateTime.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture)} UTC"
                    : null,
            }.OfType<string>()
        );
    }

    /// <summary>The definition's members; null when it has none. A seed of 0, which nobody chose, is left
    /// out.</summary>
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

        // The blocks tell how an extended task grew; its copy is made in one block, whatever its count.
        members.Remove("blocks");
        return members;
    }
}
