using System.ComponentModel;
using System.Text.Json;
using DataGen.Contracts;
using DataGen.Definition;
using DataGen.Definition.Distinct;
using DataGen.Definition.Planning;
using DataGen.Definition.Reading;
using DataGen.Definition.Samplers;
using DataGen.Gateway.Api.Tasks;
using DataGen.Gateway.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace DataGen.Gateway.Api.Definitions;

/// <summary><c>/api/definitions</c>: definitions of datasets, before any call is made.</summary>
internal static class DefinitionsApi
{
    private const int MostPlanned = 1000;
    private const int DefaultPlanned = 100;

    /// <summary>Maps the calls.</summary>
    public static RouteGroupBuilder MapDefinitionsApi(this RouteGroupBuilder api)
    {
        var definitions = api.MapGroup("/definitions").WithTags("definitions");
        definitions
            .MapPost("/check", Check)
            .WithMetadata(new RequestSizeLimitAttribute(TasksApi.LargestBody))
            .WithSummary("Check a definition")
            .WithDescription(
                "Checks a definition and tells the exact table of the values that would be drawn. Makes no call. "
                    + "errors names everything that cannot be taken by its path, for example samplers.plan.weights. When there are none, plan tells for each sampler how often each of its values is drawn; "
                    + $"samplers with more than {Sampler.MostCounted} different values are left out."
            )
            .ProducesValidationProblem();
        return definitions;
    }

    /// <summary>Maps the calls about the definition of a task.</summary>
    public static RouteGroupBuilder MapTaskDefinitionApi(this RouteGroupBuilder tasks)
    {
        tasks
            .MapGet("/{id}/definition", GetAsync)
            .WithSummary("Read the definition")
            .WithDescription("What the task was asked for, as a definition that POST /api/tasks takes again.")
            .ProducesProblem(404);
        tasks
            .MapGet("/{id}/plan", GetPlanAsync)
            .WithSummary("Read the plan")
            .WithDescription("The values that are drawn for the task's records, by index.")
            .ProducesValidationProblem()
            .ProducesProblem(404);
        return tasks;
    }

    // Answers with the definition of a task. (A docstring would replace the call's title in the contract.)
    private static async Task<Ok<DefinitionResponse>> GetAsync(
        [Description(TaskParameters.Id)] string id,
        [Description(TaskParameters.Owner)] string? owner,
        TasksClient tasks,
        CancellationToken cancellationToken
    )
    {
        var spec = await SpecAsync(id, owner, tasks, cancellationToken);
        using var sampling = JsonDocument.Parse(spec.Sampling.Length > 0 ? spec.Sampling : "{}");
        return TypedResults.Ok(
            new DefinitionResponse(
                spec.Prompt,
                spec.Count,
                Member("blocks"),
                sampling.RootElement.TryGetProperty("seed"u8, out var seed) ? seed.GetInt64() : null,
                Member("samplers"),
                Member("schema"),
                Member("examples"),
                Member("unique"),
                Member("near"),
                Member("rules"),
                Member("budget")
            )
        );

        JsonElement? Member(string name) =>
            sampling.RootElement.TryGetProperty(name, out var member) ? member.Clone() : null;
    }

    // Answers with a page of a task's plan.
    private static async Task<Ok<PlanResponse>> GetPlanAsync(
        [Description(TaskParameters.Id)] string id,
        [Description("How many records to skip, 0 or more.")] int? offset,
        [Description("Records per page, 1 to 1000; 100 when left out.")] int? limit,
        [Description(TaskParameters.Owner)] string? owner,
        TasksClient tasks,
        CancellationToken cancellationToken
    )
    {
        if (offset is < 0)
        {
            throw new FailureException(Failure.Field("offset", "A whole number, 0 or more."));
        }

        if (limit is < 1 or > MostPlanned)
        {
            throw new FailureException(Failure.Field("limit", $"A whole number from 1 to {MostPlanned}."));
        }

        var spec = await SpecAsync(id, owner, tasks, cancellationToken);
        var sampling = Sampling.Of(spec.Prompt, spec.Count, spec.Sampling);
        var first = Math.Min(offset ?? 0, spec.Count);
        return TypedResults.Ok(
            new PlanResponse(
                sampling is null
                    ? []
                    :
                    [
                        .. Enumerable
                            .Range(first, Math.Min(limit ?? DefaultPlanned, spec.Count - first))
                            .Select(index => new PlannedResponse(index, sampling.At(index))),
                    ],
                spec.Count
            )
        );
    }

    private static async Task<GenerationSpec> SpecAsync(
        string id,
        string? owner,
        TasksClient tasks,
        CancellationToken cancellationToken
    ) =>
        (await tasks.GetAsync(new TaskReference { Id = id, Owner = owner ?? "" }, cancellationToken: cancellationToken))
            .Task
            .Spec;

    private static Ok<DefinitionCheckResponse> Check(JsonElement definition)
    {
        var (read, errors) = DefinitionReader.Read(definition);
        var capacity = read is null ? null : new Capacity(read);
        if (capacity is not null)
        {
            errors = [.. Sampling.Unkeepable(read!, capacity)];
        }

        return TypedResults.Ok(
            new DefinitionCheckResponse(
                [.. errors.Select(error => new DefinitionErrorResponse(error.Path, error.Message))],
                read is null ? null : new SamplingPlan(read).Counts(),
                capacity?.MostDistinct,
                read?.MostCalls
            )
        );
    }
}
