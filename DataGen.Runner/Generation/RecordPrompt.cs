using System.Globalization;
using DataGen.Contracts;
using DataGen.Runner.Inference;
using Microsoft.Extensions.AI;

namespace DataGen.Runner.Generation;

/// <summary>What the model is told for each record of a run.</summary>
internal sealed class RecordPrompt(GenerationSpec spec)
{
    private static readonly ChatMessage System = new(ChatRole.System, InferenceDefaults.SystemPrompt);

    private readonly string description = spec.Prompt.Trim();
    private readonly string count = spec.Count.ToString(CultureInfo.InvariantCulture);

    /// <summary>The options of every call. Shared: a client clones before it changes anything.</summary>
    public ChatOptions Options { get; } =
        new()
        {
            Temperature = spec.HasTemperature ? (float)spec.Temperature : null,
            MaxOutputTokens = spec.HasMaxTokens ? spec.MaxTokens : InferenceDefaults.MaxTokens,
            ResponseFormat = ChatResponseFormat.Json,
        };

    /// <summary>The messages for one record. Its number is what makes its call differ from the others.</summary>
    public ChatMessage[] For(int index) =>
        [
            System,
            new(
                ChatRole.User,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{description}\n\nThis is record {index + 1L} of {count}. Make it differ from the other records of the set."
                )
            ),
        ];
}
