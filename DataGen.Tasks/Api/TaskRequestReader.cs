using DataGen.Contracts;
using DataGen.Definition;
using DataGen.Definition.Reading;
using DataGen.Tasks.Budgets;
using DataGen.Tasks.Model;
using DataGen.Tasks.Settings;
using DataGen.Tasks.Tasks;

namespace DataGen.Tasks.Api;

/// <summary>Checks a request for a new task and makes its definition. Every problem names its field as REST
/// does.</summary>
internal sealed class TaskRequestReader(TasksOptions options, Prices prices, TaskIds ids, TimeProvider clock)
{
    private const int TitleFromPrompt = 80;
    private const string NoPrices =
        "This installation knows no prices: DATAGEN_PRICE_INPUT_PER_MTOK and DATAGEN_PRICE_OUTPUT_PER_MTOK are not set.";
    private static readonly (string Field, string Problem) Over = ("budget.until", "This moment has passed.");

    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT with every wrong field.</exception>
    public TaskDefinition Read(CreateTaskRequest request, string owner)
    {
        var spec = request.Spec ?? new GenerationSpec();
        var problems = new List<(string Field, string Problem)>();
        if (PromptProblem(spec.Prompt) is { } promptProblem)
        {
            problems.Add(("prompt", promptProblem));
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

        if (problems.Count == 0)
        {
            problems.AddRange(Problems(spec.Prompt, spec.Count, spec.Sampling));
        }

        if (problems.Count > 0)
        {
            throw CallFailures.Invalid([.. problems]);
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

    /// <summary>The definition of a task that is to have more records.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT: the task cannot have so many.</exception>
    public TaskDefinition Read(ExtendTaskRequest request, TaskDefinition task)
    {
        var most = options.MaxRecordsPerTask - task.Count;
        if (request.Count < 1 || request.Count > most)
        {
            throw CallFailures.Invalid(
                (
                    "count",
                    most < 1
                        ? $"The task has the most records that it may have, {options.MaxRecordsPerTask}."
                        : $"A whole number from 1 to {most}: a task has at most {options.MaxRecordsPerTask} records."
                )
            );
        }

        var extended = task with
        {
            Count = task.Count + request.Count,
            Sampling = task.Sampling is null ? null : DefinitionJson.With(task.Sampling, task.Count, request.Count),
        };
        var problems = Problems(extended.Prompt, extended.Count, extended.Sampling);
        return problems.Count == 0 ? extended : throw CallFailures.Invalid([.. problems]);
    }

    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT: the bounds are not valid.</exception>
    public NewBudget Read(SetBudgetRequest request)
    {
        var budget = new NewBudget(
            request.HasCalls ? request.Calls : null,
            request.HasTokens ? request.Tokens : null,
            request is { HasCost: true, Cost: > 0 and <= (double)DefinitionReader.HighestCost }
                ? (decimal)request.Cost
                : null,
            request.Until?.ToDateTimeOffset()
        );
        (string, string)? problem =
            budget is { BoundsCalls: false, Until: null } && !request.HasCost
                ? ("calls", "Name calls, tokens, cost or until.")
            : budget.Calls is < 1 or > DefinitionReader.MostCalls
                ? ("calls", $"A whole number from 1 to {DefinitionReader.MostCalls}.")
            : budget.Tokens is < 1 or > DefinitionReader.MostTokens
                ? ("tokens", $"A whole number from 1 to {DefinitionReader.MostTokens}.")
            : request.HasCost && budget.Cost is null
                ? ("cost", $"A number above 0, at most {DefinitionReader.HighestCost}.")
            : request.HasCost && !prices.AreKnown ? ("cost", NoPrices)
            : budget.Until <= clock.GetUtcNow() ? ("until", Over.Problem)
            : null;
        return problem is { } wrong ? throw CallFailures.Invalid(wrong) : budget;
    }

    /// <summary>What is wrong with a prompt; null when nothing is.</summary>
    public static string? PromptProblem(string prompt) =>
        prompt.All(letter => char.IsWhiteSpace(letter) || char.IsControl(letter)) ? "Say what one record looks like."
        : prompt.Length > TaskLimits.LongestPrompt
            ? $"At most {TaskLimits.LongestPrompt} characters; these are {prompt.Length}."
        : null;

    /// <summary>What is wrong with a bound of tokens; null when nothing is.</summary>
    public static string? MaxTokensProblem(int maxTokens) =>
        maxTokens is < TaskLimits.FewestTokens or > TaskLimits.MostTokens
            ? $"A whole number from {TaskLimits.FewestTokens} to {TaskLimits.MostTokens}."
            : null;

    // What is wrong with a definition beyond prompt and count.
    private List<(string Field, string Problem)> Problems(string prompt, int count, string? definition)
    {
        if (definition is null or "")
        {
            return [];
        }

        var (sampling, errors) = Sampling.Read(prompt, count, definition);
        List<(string, string)> problems =
        [
            .. (sampling?.Unkeepable() ?? errors).Select(error => (error.Path, Sentence(error.Message))),
        ];
        if (sampling?.Budget.Until <= clock.GetUtcNow())
        {
            problems.Add(Over);
        }

        if (sampling?.Budget.Cost is not null && !prices.AreKnown)
        {
            problems.Add(("budget.cost", NoPrices));
        }

        return problems;
    }

    private static string Sentence(string message) => $"{char.ToUpperInvariant(message[0])}{message[1..]}";

    private static string Title(string prompt)
    {
        var line = prompt.Trim().ReplaceLineEndings(" ");
        return line.Length <= TitleFromPrompt
            ? line
            : $"{TaskDefinition.Shorten(line, TitleFromPrompt - 1).TrimEnd(' ', ',', ';', ':', '.', '-')}…";
    }
}
