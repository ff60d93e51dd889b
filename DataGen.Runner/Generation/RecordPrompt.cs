using System.Globalization;
using System.Text.Json.Nodes;
using DataGen.Contracts;
using DataGen.Definition;
using DataGen.Runner.Inference;
using Microsoft.Extensions.AI;

namespace DataGen.Runner.Generation;

/// <summary>Builds the messages of each record of a run.</summary>
internal sealed class RecordPrompt(GenerationSpec spec)
{
    private static readonly ChatMessage System = new(ChatRole.System, InferenceDefaults.SystemPrompt);

    private readonly string description = spec.Prompt.Trim();
    private readonly Sampling? sampling = Sampling.Of(spec.Prompt, spec.Count, spec.Sampling);
    private readonly string count = spec.Count.ToString(CultureInfo.InvariantCulture);

    /// <summary>The schema that the server is asked to follow, as JSON; <see cref="RequestShapes.NoSchema"/>:
    /// none.</summary>
    public string Schema => field ??= sampling?.SchemaOfTheRest?.GetRawText() ?? RequestShapes.NoSchema;

    /// <summary>The options of every call. They are shared, so a client clones them before it changes anything. The
    /// schema leaves out the drawn members: it is the same in all calls, and a server compiles one grammar.</summary>
    public ChatOptions Options =>
        field ??= new()
        {
            Temperature = spec.HasTemperature ? (float)spec.Temperature : null,
            MaxOutputTokens = spec.HasMaxTokens ? spec.MaxTokens : TaskLimits.DefaultTokens,
            ResponseFormat = sampling?.SchemaOfTheRest is { } rest
                ? ChatResponseFormat.ForJsonSchema(rest, "record")
                : ChatResponseFormat.Json,
        };

    // The text that all calls of the run share when no values are drawn. It is one string object, so that it is escaped
    // once.
    private string Shared => field ??= $"{description}{sampling?.Demands}";

    /// <summary>The values drawn for one record, the same at every call; null when none are drawn.</summary>
    public JsonObject? ValuesOf(int index) => sampling is { Draws: true } ? sampling.At(index) : null;

    /// <summary>The record with its drawn values, and what is wrong with it, one line each.</summary>
    public (byte[] Record, Flaw Flaw, IReadOnlyList<string> Problems) Complete(byte[] record, JsonObject? values)
    {
        if (sampling is null)
        {
            return (record, Flaw.None, []);
        }

        if (values is not null)
        {
            var (complete, isChanged, problem) = sampling.Complete(JsonNode.Parse(record)!.AsObject(), values);
            if (problem is not null)
            {
                return (record, Flaw.Invalid, [problem]);
            }

            record = isChanged ? RecordReader.Plain(complete) : record;
        }

        var (flaw, problems) = sampling.Check(record);
        return (record, flaw, problems);
    }

    /// <summary>The messages for one record. Only its number and its drawn values make its call differ from the
    /// others.</summary>
    /// <param name="index">Its index.</param>
    /// <param name="values">The values drawn for it.</param>
    /// <param name="correction">The record that was rejected before, if the model is to correct it.</param>
    public ChatMessage[] For(int index, JsonObject? values, Correction? correction)
    {
        var own = string.Create(
            CultureInfo.InvariantCulture,
            $"\n\nThis is record {index + 1L} of {count}. Make it differ from the other records of the set."
        );
        var user = values is null
            ? new ChatMessage(ChatRole.User, [new TextContent(Shared), new TextContent(own)])
            : new ChatMessage(ChatRole.User, $"{sampling!.Describe(description, values)}{sampling.Demands}{own}");
        return [System, user, .. correction?.Messages ?? []];
    }
}
