using DataGen.Contracts;
using DataGen.Tasks.Model;
using DataGen.Tasks.Settings;

namespace DataGen.Tasks.Api;

/// <summary>Checks a request for a new task and makes the definition; every problem is named by its REST
/// field.</summary>
internal sealed class TaskRequestReader(TasksOptions options, TaskIds ids, TimeProvider clock)
{
    private const int LongestPrompt = 8000;
    private const int LongestTitle = 200;
    private const int TitleFromPrompt = 80;
    private const double HighestTemperature = 1.5;
    private const int FewestTokens = 16;
    private const int MostTokens = 4096;
    private const int MostCalls = 1024;

    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT with every wrong field.</exception>
    public TaskDefinition Read(CreateTaskRequest request, string owner)
    {
        var spec = request.Spec ?? new GenerationSpec();
        var problems = new List<(string Field, string Problem)>();
        if (spec.Prompt.All(letter => char.IsWhiteSpace(letter) || char.IsControl(letter)))
        {
            problems.Add(("prompt", "Say what one record looks like."));
        }
        else if (spec.Prompt.Length > LongestPrompt)
        {
            problems.Add(("prompt", $"At most {LongestPrompt} characters; these are {spec.Prompt.Length}."));
        }

        if (spec.Count < 1 || spec.Count > options.MaxRecordsPerTask)
        {
            problems.Add(("count", $"A whole number from 1 to {options.MaxRecordsPerTask}."));
        }

        if (request.Title.Length > LongestTitle)
        {
            problems.Add(("title", $"At most {LongestTitle} characters."));
        }

        if (spec.HasTemperature && !(spec.Temperature is >= 0 and <= HighestTemperature))
        {
            problems.Add(("temperature", $"A number from 0 to {HighestTemperature}."));
        }

        if (spec.HasMaxTokens && spec.MaxTokens is < FewestTokens or > MostTokens)
        {
            problems.Add(("maxTokens", $"A whole number from {FewestTokens} to {MostTokens}."));
        }

        if (spec.HasConcurrency && spec.Concurrency is < 1 or > MostCalls)
        {
            problems.Add(("concurrency", $"A whole number from 1 to {MostCalls}."));
        }

        if (problems.Count > 0)
        {
            throw Failures.Invalid([.. problems]);
        }

        var now = clock.GetUtcNow();
        return new TaskDefinition(
            ids.Next(now),
            owner,
            request.Title.Trim() is { Length: > 0 } title ? title : Title(spec.Prompt),
            spec.Prompt,
            spec.Count,
            spec.HasTemperature ? spec.Temperature : null,
            spec.HasMaxTokens ? spec.MaxTokens : null,
            spec.HasConcurrency ? spec.Concurrency : null,
            now
        );
    }

    private static string Title(string prompt)
    {
        var line = prompt.Trim().ReplaceLineEndings(" ");
        return line.Length <= TitleFromPrompt
            ? line
            : $"{TaskDefinition.Shorten(line, TitleFromPrompt - 1).TrimEnd(' ', ',', ';', ':', '.', '-')}…";
    }
}
