using System.Text.Json;
using DataGen.Contracts;
using DataGen.Definition;
using DataGen.Gateway.Api.Tasks;
using DataGen.Gateway.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace DataGen.Gateway.Api.Previews;

/// <summary><c>/api/previews</c> and <c>/api/schemas</c>: a look at what a task would make, and a proposal of what to ask
/// for.</summary>
internal static class PreviewsApi
{
    private const int DefaultRecords = 5;

    /// <summary>Maps the calls.</summary>
    public static RouteGroupBuilder MapPreviewsApi(this RouteGroupBuilder api)
    {
        api.MapPost("/previews", PreviewAsync)
            .WithMetadata(new RequestSizeLimitAttribute(ApiExtensions.LargestDefinition))
            .WithTags("definitions")
            .WithSummary("Preview records")
            .WithDescription(
                "Makes a few records as a task would, stores nothing, and judges what the whole task will cost. "
                    + "The records lie spread over the task. Each comes with its drawn values, the answers that were rejected for it and what was sent. "
                    + "It takes a minute at most: a record that was not made by then says so. Counts as a creation for the limit of tasks a minute."
            )
            .ProducesValidationProblem()
            .ProducesProblem(429);
        api.MapPost("/schemas/draft", DraftAsync)
            .WithTags("definitions")
            .WithSummary("Draft a schema")
            .WithDescription(
                "Asks the model for a schema and samplers of the records that a prompt describes. "
                    + "One call, and two corrections at most. Nothing is stored. 502 when the model gives none that can be used. "
                    + "Counts as a creation for the limit of tasks a minute."
            )
            .ProducesValidationProblem()
            .ProducesProblem(429)
            .ProducesProblem(502);
        return api;
    }

    private static async Task<Ok<PreviewResponse>> PreviewAsync(
        NewPreview body,
        TasksClient tasks,
        CancellationToken cancellationToken
    )
    {
        if (body.Definition is not { } definition)
        {
            throw new FailureException(Failure.Field("definition", "Say what the records are to be."));
        }

        var spec = definition.ToSpec();
        var reply = await tasks.PreviewAsync(
            new PreviewRequest { Spec = spec, Records = body.Records ?? DefaultRecords },
            cancellationToken: cancellationToken
        );
        return TypedResults.Ok(
            new PreviewResponse(
                [.. reply.Records.Select(ToResponse)],
                reply.Estimate is { } estimate ? ToResponse(estimate, spec) : null,
                reply.ResponseFormat.Length > 0 ? reply.ResponseFormat : null
            )
        );
    }

    private static async Task<Ok<DraftResponse>> DraftAsync(
        NewDraft body,
        TasksClient tasks,
        CancellationToken cancellationToken
    )
    {
        var reply = await tasks.DraftAsync(
            new DraftRequest { Prompt = body.Prompt ?? "" },
            cancellationToken: cancellationToken
        );
        if (reply.OutcomeCase != DraftReply.OutcomeOneofCase.Definition)
        {
            throw new FailureException(new Failure(StatusCodes.Status502BadGateway, reply.Problem));
        }

        var drafted = JsonElement.Parse(reply.Definition);
        return TypedResults.Ok(
            new DraftResponse(
                drafted.GetProperty("schema"),
                drafted.TryGetProperty("samplers", out var samplers) ? samplers : JsonElement.Parse("{}")
            )
        );
    }

    private static PreviewedResponse ToResponse(PreviewedRecord record)
    {
        var made = record.Record.ToResponse();
        return new PreviewedResponse(
            made.Index,
            made.Ok,
            made.Attempts,
            made.DurationMs,
            [
                .. record.Rejections.Select(rejection => new RejectionResponse(
                    KindName(rejection.Kind),
                    rejection.Message
                )),
            ],
            [.. record.Messages.Select(message => new MessageResponse(message.Role, message.Text))],
            made.Data,
            made.Error,
            made.Answer,
            record.Sampled.Length > 0 ? new RawJson(System.Text.Encoding.UTF8.GetBytes(record.Sampled)) : null,
            made.Tokens
        );
    }

    private static EstimateResponse ToResponse(Estimate estimate, GenerationSpec spec)
    {
        var sampling = Sampling.Of(spec.Prompt, spec.Count, spec.Sampling);
        return new EstimateResponse(
            Range(estimate.Calls, 0),
            Range(
                new EstimatedRange
                {
                    Low = estimate.InputTokens.Low + estimate.OutputTokens.Low,
                    High = estimate.InputTokens.High + estimate.OutputTokens.High,
                },
                0
            ),
            Range(estimate.Seconds, 1),
            estimate.Cost is { } cost ? Range(cost, 6) : null,
            sampling?.Counts() ?? new Dictionary<string, IReadOnlyDictionary<string, long>>(),
            sampling?.MostDistinct
        );
    }

    // Outwards, so that rounding leads nothing out of the range.
    private static RangeResponse Range(EstimatedRange range, int decimals)
    {
        var unit = Math.Pow(10, decimals);
        return new RangeResponse(Math.Floor(range.Low * unit) / unit, Math.Ceiling(range.High * unit) / unit);
    }

    private static string KindName(RejectionKind kind) =>
        kind switch
        {
            RejectionKind.Invalid => "invalid",
            RejectionKind.Duplicate => "duplicate",
            RejectionKind.Rule => "rule",
            RejectionKind.Near => "near",
            _ => throw new InvalidOperationException($"Tasks sent the kind {kind}, which the API has no word for."),
        };
}
