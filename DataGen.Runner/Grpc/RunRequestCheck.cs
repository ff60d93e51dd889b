using DataGen.Contracts;
using DataGen.Definition;
using Google.Protobuf.Collections;

namespace DataGen.Runner.Grpc;

/// <summary>Checks a request.</summary>
internal static class RunRequestCheck
{
    /// <summary>The first problem, naming its field; null when there is none.</summary>
    public static string? Problem(RunRequest? request) =>
        request is null ? "There is no request."
        : string.IsNullOrWhiteSpace(request.TaskId) ? "task_id is empty."
        : request.Spec is not { } spec ? "spec is missing."
        : request.HasCalls && request.Calls < 0 ? "calls must not be negative."
        : Problem(spec) ?? Problem(request.Ranges, spec.Count);

    private static string? Problem(GenerationSpec spec) =>
        string.IsNullOrWhiteSpace(spec.Prompt) ? "spec.prompt is empty."
        : spec.Count < 1 ? "spec.count must be at least 1."
        : spec.HasTemperature && spec.Temperature is not (>= 0 and <= TaskLimits.HighestTemperature)
            ? $"spec.temperature must be from 0 to {TaskLimits.HighestTemperature}."
        : spec.HasMaxTokens && spec.MaxTokens is < TaskLimits.FewestTokens or > TaskLimits.MostTokens
            ? $"spec.max_tokens must be from {TaskLimits.FewestTokens} to {TaskLimits.MostTokens}."
        : spec.HasConcurrency && spec.Concurrency < 1 ? "spec.concurrency must be at least 1."
        : spec.Sampling.Length > 0 && Sampling.Read(spec.Prompt, spec.Count, spec.Sampling).Errors is [var error, ..]
            ? $"spec.sampling: {error.Path} {error.Message}"
        : null;

    private static string? Problem(RepeatedField<IndexRange> ranges, int count)
    {
        if (ranges.Count == 0)
        {
            return "ranges is empty.";
        }

        var next = 0;
        for (var i = 0; i < ranges.Count; i++)
        {
            var range = ranges[i];
            if (range.Last < range.First || range.First < 0 || range.Last >= count)
            {
                return $"ranges[{i}] must lie within 0 to spec.count - 1, its last not below its first.";
            }

            if (range.First < next)
            {
                return $"ranges[{i}] overlaps or precedes the range before it.";
            }

            next = range.Last + 1;
        }

        return null;
    }
}
