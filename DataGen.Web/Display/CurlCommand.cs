using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataGen.Web.Display;

/// <summary>The request that creates the same task, for a POSIX shell.</summary>
internal static class CurlCommand
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    internal static string For(GenerationTask task, string origin) =>
        $"""
            curl {origin}/api/tasks \
              -H "Authorization: Bearer $DATAGEN_TOKEN" \
              -H 'Content-Type: application/json' \
              -d {Quoted(PlainText.Of(Body(task).ToJsonString(Readable)))}
            """;

    private static JsonObject Body(GenerationTask task)
    {
        var body = new JsonObject { ["prompt"] = task.Spec.Prompt, ["count"] = task.Spec.Count };
        if (!TaskSummary.Of(task).IsNamedByPrompt)
        {
            body["title"] = task.Title;
        }

        if (task.Spec.HasTemperature)
        {
            body["temperature"] = task.Spec.Temperature;
        }

        if (task.Spec.HasMaxTokens)
        {
            body["maxTokens"] = task.Spec.MaxTokens;
        }

        if (task.Spec.HasConcurrency)
        {
            body["concurrency"] = task.Spec.Concurrency;
        }

        foreach (var (name, value) in DefinitionText.Members(task) ?? [])
        {
            body[name] = value?.DeepClone();
        }

        return body;
    }

    /// <summary>Within single quotes only a single quote needs escaping.</summary>
    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
