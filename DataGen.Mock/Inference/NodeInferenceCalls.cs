using System.Text.Json;
using DataGen.Mock.Faults;
using DataGen.Mock.Node;
using DataGen.Mock.Records;
using DataGen.Mock.Settings;
using DataGen.Mock.Statistics;

namespace DataGen.Mock.Inference;

/// <summary>The Ratio1 API: <c>/create_chat_completion</c>, its asynchronous sibling and the polling of it.</summary>
internal sealed class NodeInferenceCalls(
    MockFaults allFaults,
    CompletionGuard guard,
    CompletionEngine engine,
    AsyncRequests requests,
    MockStatistics statistics,
    MockSettings settings
)
{
    private readonly InferenceFaults faults = allFaults.Inference;

    /// <summary>Answers with the completion.</summary>
    public async Task CompleteAsync(HttpContext context)
    {
        using var call = statistics.Inference.Start();
        if (await AcceptAsync(context, call, takesRequestId: false) is not { } accepted)
        {
            return;
        }

        var completion = await engine.CompleteAsync(accepted.Request, context.RequestAborted);
        call.End(completion.Outcome, completion.Status);
        await (
            completion.End is CompletionEnd.Failed
                ? SendFailureAsync(context, completion.Status)
                : Result(completion).SendAsync(context, faults.Raw.Take())
        );
    }

    /// <summary>Answers with the address to poll.</summary>
    public async Task CompleteLaterAsync(HttpContext context, bool takesRequestId)
    {
        var call = statistics.Inference.Start();
        var isHandedOn = false;
        try
        {
            if (await AcceptAsync(context, call, takesRequestId) is not { } accepted)
            {
                return;
            }

            var waiting = requests.TryStart(
                accepted.Given.RequestId,
                accepted.Given.Metadata,
                cancellationToken => CompleteAsync(accepted.Request, call, cancellationToken)
            );
            isHandedOn = waiting is not null;
            if (!isHandedOn)
            {
                call.End(CompletionOutcome.Failed, StatusCodes.Status200OK);
            }

            waiting ??= NodeResult.Failure($"request_id {accepted.Given.RequestId} is already in use.");
            await waiting.SendAsync(context, faults.Raw.Take());
        }
        finally
        {
            if (!isHandedOn)
            {
                call.Dispose();
            }
        }
    }

    /// <summary>What became of an asynchronous request.</summary>
    public async Task PollAsync(HttpContext context)
    {
        if (await CallFaults.IsDownAsync(context, faults.Down))
        {
            return;
        }

        if (context.Request.Query["request_id"] is not { Count: > 0 } given)
        {
            await InputProblem.WriteAsync(context, [InputProblem.Missing("query", "request_id")]);
            return;
        }

        var full = bool.TryParse(context.Request.Query["return_full"], out var asked) && asked;
        await requests.Find(given[^1] ?? "", full).SendAsync(context, faults.Raw.Take());
    }

    private async Task<NodeResult> CompleteAsync(
        CompletionRequest request,
        CompletionCall call,
        CancellationToken cancellationToken
    )
    {
        using (call)
        {
            var completion = await engine.CompleteAsync(request, cancellationToken);
            call.End(completion.Outcome, completion.Status);
            return Result(completion);
        }
    }

    /// <summary>Everything that can end a call before the model sees it: types (422), then token and limits, then what
    /// the members hold.</summary>
    private async Task<(NodeRequest Given, CompletionRequest Request)?> AcceptAsync(
        HttpContext context,
        CompletionCall call,
        bool takesRequestId
    )
    {
        if (await CallFaults.IsDownAsync(context, faults.Down))
        {
            if (context.Response.StatusCode is StatusCodes.Status503ServiceUnavailable)
            {
                call.End(CompletionOutcome.Failed, StatusCodes.Status503ServiceUnavailable);
            }

            return null;
        }

        if (guard.IsTooMany(context))
        {
            call.End(CompletionOutcome.Failed, StatusCodes.Status429TooManyRequests);
            await NodeResponses.Main.WriteFailureAsync(
                context,
                StatusCodes.Status429TooManyRequests,
                "Too Many Requests"
            );
            return null;
        }

        var (given, problems) = await ReadAsync(context, takesRequestId);
        if (problems.Count > 0)
        {
            call.End(CompletionOutcome.Failed, StatusCodes.Status422UnprocessableEntity);
            await InputProblem.WriteAsync(context, problems);
            return null;
        }

        CompletionRequest? request = null;
        NodeResult? refusal = null;
        if (!guard.IsAllowed(given.Authorization))
        {
            refusal = NodeResult.Failure("Unauthorized: the authorization token is missing or wrong.", "unauthorized");
        }
        else if (guard.IsOverNodeLimit(given.Authorization))
        {
            refusal = NodeResult.Failure("Rate limit exceeded.", "rate_limited");
        }
        else
        {
            (request, var error) = NodeRequestReader.Check(given, settings.Model);
            error ??= guard.FormatRefusal(request!);
            if (error is not null)
            {
                refusal = NodeResult.Failure(error);
            }
        }

        if (refusal is null)
        {
            return (given, request!);
        }

        call.End(CompletionOutcome.Failed, StatusCodes.Status200OK);
        await refusal.SendAsync(context, faults.Raw.Take());
        return null;
    }

    private static async Task<(NodeRequest Given, IReadOnlyList<InputProblem> Problems)> ReadAsync(
        HttpContext context,
        bool takesRequestId
    )
    {
        var nothing = new NodeRequest { Messages = default };
        var json = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
        try
        {
            if (json.IsEmpty)
            {
                return (nothing, [InputProblem.NoBody]);
            }

            if (!RequestBody.IsJson(context.Request))
            {
                return (nothing, [InputProblem.BodyIsNoObject]);
            }

            using var body = JsonDocument.Parse(json);
            var problems = NodeRequestReader.TryRead(body.RootElement.Clone(), takesRequestId, out var request);
            return (request, problems);
        }
        catch (JsonException exception)
        {
            return (nothing, [InputProblem.BadJson(exception.BytePositionInLine ?? 0)]);
        }
        finally
        {
            context.Request.BodyReader.AdvanceTo(json.End);
        }
    }

    private NodeResult Result(Completion completion) =>
        completion.End switch
        {
            CompletionEnd.Answered => NodeResult.Answer(completion, settings.Model, faults),
            CompletionEnd.QueueFull => NodeResult.Failure(
                "Inference API pending queue is full.",
                "failed",
                completion.Id
            ),
            CompletionEnd.TimedOut => NodeResult.TimedOut(completion),
            _ => NodeResult.Failure("Inference failed: the mock was told to fail.", "error"),
        };

    private static Task SendFailureAsync(HttpContext context, int status) =>
        status switch
        {
            StatusCodes.Status500InternalServerError => NodeResponses.Main.WriteRaisedAsync(
                context,
                "Inference failed: the mock was told to fail."
            ),
            StatusCodes.Status504GatewayTimeout => NodeResponses.Main.WriteUnansweredAsync(context),
            _ => NodeResponses.Main.WriteFailureAsync(context, status, "The mock was told to fail."),
        };
}
