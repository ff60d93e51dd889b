using DataGen.Contracts;
using DataGen.Definition;
using DataGen.Definition.Reading;
using DataGen.Tasks.Model;
using DataGen.Tasks.Settings;

namespace DataGen.Tasks.Api;

/// <summary>Checks a request for a new task and makes the definition; every problem is named by its REST
/// field.</summary>
internal sealed class TaskRequestReader(TasksOptions options, TaskIds ids, TimeProvider clock)
{
    private const int TitleFromPrompt = 80;
    private static readonly (string Field, string Problem) Over = ("budget.until", "This moment has passed.");

    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT with every wrong field.</exception>
    public TaskDefinition Read(CreateTaskRequest request, string owner)
    {
        var spec = request.Spec ?? new GenerationSpec();
        var problems = new List<(string Field, string Problem)>();
        if (spec.Prompt.All(letter => char.IsWhiteSpace(letter) || char.IsControl(letter)))
        {
            problems.Add(("prompt", "Say what one record looks like."));
        }
        else if (spec.Prompt.Length > TaskLimits.LongestPrompt)
        {
            problems.Add(("prompt", $"At most {TaskLimits.LongestPrompt} characters; these are {spec.Prompt.Length}."));
        }

        if (spec.Count < 1 || spec.Count > options.MaxRecordsPerTask)
        {
            problems.Add(("count", $"A whole number from 1 to {options.MaxRecordsPerTask}."));
        }

        if (request.Title.Length > TaskLimits.LongestTitle)
        {
            problems.Add(("title", $"At most {TaskLimits.LongestTitle} characters."));
        }

        if (spec.HasTemperature && !(spec.Temperature is >= 0 and <= TaskLimits.HighestTemperature))
        {
            problems.Add(("temperature", $"A number from 0 to {TaskLimits.HighestTemperature}."));
        }

        if (spec.HasMaxTokens && MaxTokensProblem(spec.MaxTokens) is { } problem)
        {
            problems.Add(("maxTokens", problem));
        }

        if (spec.HasConcurrency && spec.Concurrency is < 1 or > TaskLimits.MostCalls)
        {
            problems.Add(("concurrency", $"A whole number from 1 to {TaskLimits.MostCalls}."));
        }

        if (problems.Count == 0 && spec.Sampling.Length > 0)
        {
            var (sampling, errors) = Sampling.Read(spec.Prompt, spec.Count, spec.Sampling);
            problems.AddRange(
                (sampling?.Unkeepable() ?? errors).Select(error => (error.Path, Sentence(error.Message)))
            );
            if (sampling?.Budget.Until <= clock.GetUtcNow())
            {
                problems.Add(Over);
            }
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
            now,
            spec.Sampling.Length > 0 ? spec.Sampling : null
        );
    }

    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT: there is no such budget.</exception>
    public void CheckBudget(long? calls, DateTimeOffset? until)
    {
        if (calls is null && until is null)
        {
            throw Failures.Invalid(("calls", "Name calls or until."));
        }

        if (calls is < 1 or > DefinitionReader.MostCalls)
        {
            throw Failures.Invalid(("calls", $"A whole number from 1 to {DefinitionReader.MostCalls}."));
        }

        if (until <= clock.GetUtcNow())
        {
            throw Failures.Invalid(("until", Over.Problem));
        }
    }

    /// <summary>What is wrong with a bound of tokens; null when nothing is.</summary>
    public static string? MaxTokensProblem(int maxTokens) =>
        maxTokens is < TaskLimits.FewestTokens or > TaskLimits.MostTokens
            ? $"A whole number from {TaskLimits.FewestTokens} to {TaskLimits.MostTokens}."
            : null;

    private static string Sentence(string message) => $"{char.ToUpperInvariant(message[0])}{message[1..]}";

    private static string Title(string prompt)
    {
        var line = prompt.Trim().ReplaceLineEndings(" ");
        return line.Length <= TitleFromPrompt
            ? line
            : $"{TaskDefinition.Shorten(line, TitleFromPrompt - 1).TrimEnd(' ', ',', ';', ':', '.', '-')}…";
    }
}
