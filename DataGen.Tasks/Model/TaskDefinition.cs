using DataGen.Contracts;

namespace DataGen.Tasks.Model;

/// <summary>What was asked for. After the task is accepted only these change: the bound of tokens by a retry, the
/// budget, and whether people have changed its records (<see cref="Curation.CuratedRecords"/>).</summary>
[GenerateSerializer, Immutable]
internal sealed record TaskDefinition(
    [property: Id(0)] string Id,
    [property: Id(1)] string Owner,
    [property: Id(2)] string Title,
    [property: Id(3)] string Prompt,
    [property: Id(4)] int Count,
    [property: Id(5)] double? Temperature,
    [property: Id(6)] int? MaxTokens,
    [property: Id(7)] int? Concurrency,
    [property: Id(8)] DateTimeOffset CreatedAt,
    [property: Id(9)] string? Sampling = null,
    [property: Id(10)] bool IsCurated = false
)
{
    /// <summary>How much of the prompt a list shows.</summary>
    public const int PromptStart = 200;

    /// <summary>The definition for lists: the prompt is cut, never inside a surrogate pair, and the sampling is left
    /// out.</summary>
    public TaskDefinition WithShortPrompt() => this with { Prompt = Shorten(Prompt, PromptStart), Sampling = null };

    /// <summary>The definition beyond prompt and count; null when there is only the prompt.</summary>
    public DataGen.Definition.Sampling? ReadSampling() => DataGen.Definition.Sampling.Of(Prompt, Count, Sampling);

    /// <summary>The specification that the Runner gets.</summary>
    public GenerationSpec ToSpec() => GenerationSpec.Of(Prompt, Count, Temperature, MaxTokens, Concurrency, Sampling);

    /// <summary>The first <paramref name="length"/> UTF-16 units at most, whole characters only.</summary>
    public static string Shorten(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }
}
