using DataGen.Tasks.Model;
using DataGen.Tasks.Settings;
using DataGen.Tasks.V1;

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
        var problems = new List<(string Field, string Problem)>();
        if (request.Prompt.All(letter => char.IsWhiteSpace(letter) || char.IsControl(letter)))
        {
            problems.Add(("prompt", "Say what one record looks like."));
        }
        else if (request.Prompt.Length > LongestPrompt)
        {
            problems.Add(("prompt", $"At most {LongestPrompt} characters; these are {request.Prompt.Length}."));
        }

        if (request.Count < 1 || request.Count > options.MaxRecordsPerTask)
        {
            problems.Add(("count", $"A whole number from 1 to {options.MaxRecordsPerTask}."));
        }

        if (request.Title.Length > LongestTitle)
        {
            problems.Add(("title", $"At most {LongestTitle} characters."));
        }

        if (request.HasTemperature && !(request.Temperature is >= 0 and <= HighestTemperature))
        {
            problems.Add(("temperature", $"A number from 0 to {HighestTemperature}."));
        }

        if (request.HasMaxTokens && request.MaxTokens is < FewestTokens or > MostTokens)
        {
            problems.Add(("maxTokens", $"A whole number from {FewestTokens} to {MostTokens}."));
        }

        if (request.HasConcurrency && request.Concurrency is < 1 or > MostCalls)
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
            request.Title.Trim() is { Length: > 0 } title ? title : Title(request.Prompt),
            request.Prompt,
            request.Count,
            request.HasTemperature ? request.Temperature : null,
            request.HasMaxTokens ? request.MaxTokens : null,
            request.HasConcurrency ? request.Concurrency : null,
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
