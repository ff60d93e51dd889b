using System.Globalization;
using System.Text.Json.Nodes;
using DataGen.Contracts;
using DataGen.Definition;
using DataGen.Runner.Inference;
using Microsoft.Extensions.AI;

namespace DataGen.Runner.Generation;

/// <summary>What the model is told for each record of a run.</summary>
internal sealed class RecordPrompt(GenerationSpec spec)
{
    private static readonly ChatMessage System = new(ChatRole.System, InferenceDefaults.SystemPrompt);

    private readonly string description = spec.Prompt.Trim();
    private readonly Sampling? sampling =
        spec.Sampling.Length > 0 ? Sampling.Read(spec.Prompt, spec.Count, spec.Sampling).Sampling : null;
    private readonly string count = spec.Count.ToString(CultureInfo.InvariantCulture);

    /// <summary>The options of every call. Shared: a client clones before it changes anything.</summary>
    public ChatOptions Options { get; } =
        new()
        {
            Temperature = spec.HasTemperature ? (float)spec.Temperature : null,
            MaxOutputTokens = spec.HasMaxTokens ? spec.MaxTokens : InferenceDefaults.MaxTokens,
            ResponseFormat = ChatResponseFormat.Json,
        };

    /// <summary>What is drawn for one record; null when nothing is. Whenever it is asked for, it is the same.</summary>
    public JsonObject? ValuesOf(int index) => sampling?.At(index);

    /// <summary>The record with the values that were drawn for it.</summary>
    /// <exception cref="FormatException">The model changed one of them.</exception>
    public byte[] Complete(byte[] record, JsonObject? values)
    {
        if (sampling is null || values is null)
        {
            return record;
        }

        var (complete, isChanged, problem) = sampling.Complete(JsonNode.Parse(record)!.AsObject(), values);
        return problem is not null ? throw new FormatException(problem)
            : isChanged ? RecordReader.Plain(complete)
            : record;
    }

    /// <summary>The messages for one record. Its number, and what is drawn for it, are what makes its call differ from the
    /// others.</summary>
    public ChatMessage[] For(int index, JsonObject? values) =>
        [
            System,
            new(
                ChatRole.User,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(sampling is null || values is null ? description : sampling.Describe(description, values))}\n\nThis is record {index + 1L} of {count}. Make it differ from the other records of the set."
                )
            ),
        ];
}
