using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using DataGen.Contracts;
using DataGen.Definition;
using DataGen.Gateway.Api.Tasks;
using DataGen.Gateway.Problems;
using Grpc.Core;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace DataGen.Gateway.Api.Previews;

/// <summary><c>/api/previews</c> and <c>/api/schemas</c>: a preview of what a task would make, and a proposed
/// definition.</summary>
internal static class PreviewsApi
{
    private const int DefaultRecords = 5;

    /// <summary>Maps the calls.</summary>
    public static RouteGroupBuilder MapPreviewsApi(this RouteGroupBuilder api)
    {
        api.MapPost("/previews", PreviewAsync)
            .WithMetadata(new RequestSizeLimitAttribute(TasksApi.LargestBody))
            .WithTags("definitions")
            .WithSummary("Preview records")
            .WithDescription(
                "Makes a few records as a task would, stores nothing, and judges what the whole task will cost. "
                    + "The records lie spread over the task. Each comes with its drawn values, the answers that were rejected for it and what was sent. "
                    + "It takes a minute at most: a record that was not made by then says so. Counts as a creation for the limit of tasks a minute."
            )
            .ProducesValidationProblem()
            .ProducesProblem(429);
        api.MapPost("/previews/events", WatchAsync)
            .WithMetadata(new RequestSizeLimitAttribute(TasksApi.LargestBody))
            .WithTags("definitions")
            .WithSummary("Follow a preview")
            .WithDescription(
                "Makes a preview and tells it as server-sent events while it is made: progress, and done at the end. "
                    + "The data of each is the whole preview as JSON. A record that is being made has neither data nor an error, and the estimate comes with done. "
                    + "A stream that ends without done has lost the server that made it: nothing is stored, ask again."
            )
            .Produces<PreviewResponse>(contentType: "text/event-stream")
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
        var request = ToRequest(body);
        return TypedResults.Ok(
            ToResponse(await tasks.PreviewAsync(request, cancellationToken: cancellationToken), request.Spec)
        );
    }

    private static async Task<ServerSentEventsResult<PreviewResponse>> WatchAsync(
        NewPreview body,
        TasksClient tasks,
        HttpContext context
    )
    {
        var request = ToRequest(body);
        var call = tasks.WatchPreview(request, cancellationToken: context.RequestAborted);
        context.Response.RegisterForDispose(call);
        // A refusal comes before the first event, as a problem.
        if (!await call.ResponseStream.MoveNext(context.RequestAborted))
        {
            throw new InvalidOperationException("The preview ended before it began.");
        }

        context.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(EventsAsync(call.ResponseStream, request.Spec, context.RequestAborted));
    }

    private static async IAsyncEnumerable<SseItem<PreviewResponse>> EventsAsync(
        IAsyncStreamReader<PreviewReply> replies,
        GenerationSpec spec,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        do
        {
            var reply = replies.Current;
            var isDone = reply.Records.All(record => record.Record.HasData || record.Record.HasError);
            yield return new SseItem<PreviewResponse>(ToResponse(reply, spec), isDone ? "done" : "progress");
        } while (await HasNextAsync(replies, cancellationToken));
    }

    private static async Task<bool> HasNextAsync(
        IAsyncStreamReader<PreviewReply> replies,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await replies.MoveNext(cancellationToken);
        }
        catch (RpcException)
        {
            // The status is sent already; events that end without "done" show the failure.
            return false;
        }
    }

    private static PreviewRequest ToRequest(NewPreview body) =>
        new()
        {
            Spec = (
                body.Definition
                ?? throw new FailureException(Failure.Field("definition", "Say what the records are to be."))
            ).ToSpec(),
            Records = body.Records ?? DefaultRecords,
        };

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

    private static PreviewResponse ToResponse(PreviewReply reply, GenerationSpec spec) =>
        new(
            [.. reply.Records.Select(ToResponse)],
            reply.Estimate is { } estimate ? ToResponse(estimate, spec) : null,
            reply.ResponseFormat.Length > 0 ? reply.ResponseFormat : null
        );

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
            record.Record.HasError ? made.Error : null,
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

    // Rounds outwards, so that the range still contains the figure.
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
