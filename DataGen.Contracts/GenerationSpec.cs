namespace DataGen.Contracts;

/// <summary>What to generate.</summary>
public sealed partial class GenerationSpec
{
    /// <summary>Makes a spec. A parameter that is null stays absent in the message.</summary>
    /// <param name="prompt">What one record looks like.</param>
    /// <param name="count">Records wanted.</param>
    /// <param name="temperature">Sampling temperature.</param>
    /// <param name="maxTokens">Upper bound of output tokens per record.</param>
    /// <param name="concurrency">Upper bound of calls in flight.</param>
    /// <param name="sampling">The definition beyond prompt and count, as JSON.</param>
    public static GenerationSpec Of(
        string? prompt,
        int? count,
        double? temperature,
        int? maxTokens,
        int? concurrency,
        string? sampling
    )
    {
        var result = new GenerationSpec
        {
            Prompt = prompt ?? "",
            Count = count ?? 0,
            Sampling = sampling ?? "",
        };
        if (temperature is { } degree)
        {
            result.Temperature = degree;
        }

        if (maxTokens is { } tokens)
        {
            result.MaxTokens = tokens;
        }

        if (concurrency is { } calls)
        {
            result.Concurrency = calls;
        }

        return result;
    }
}
