using System.Text.Json.Nodes;
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
    private const string ToldToFail = "Inference failed: the mock was told to fail.";
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
        if (completion.End is CompletionEnd.Failed)
        {
            throw completion.Status switch
            {
                StatusCodes.Status500InternalServerError => NodeException.Raised(ToldToFail),
                StatusCodes.Status504GatewayTimeout => NodeException.Unanswered(),
                _ => new NodeException(completion.Status, "The mock was told to fail."),
            };
        }

        var raw = faults.Raw.Take();
        await (
            completion.End is CompletionEnd.Answered && !raw
                ? NodeResponses.Main.WriteResultAsync(context, Answer(completion))
                : NodeResults.SendAsync(context, Result(completion), raw)
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

            waiting ??= NodeResults.Failure($"request_id {accepted.Given.RequestId} is already in use.");
            await NodeResults.SendAsync(context, waiting, faults.Raw.Take());
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
            throw NodeException.Wrong(InputProblem.Missing("query", "request_id"));
        }

        var full = bool.TryParse(context.Request.Query["return_full"], out var asked) && asked;
        await NodeResults.SendAsync(context, requests.Find(given[^1] ?? "", full), faults.Raw.Take(), full);
    }

    private async Task<JsonObject> CompleteAsync(
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

        NodeRequest given;
        try
        {
            given = guard.IsTooMany(context)
                ? throw new NodeException(StatusCodes.Status429TooManyRequests, "Too Many Requests")
                : await NodeRequestReader.ReadAsync(context, takesRequestId);
        }
        catch (NodeException exception)
        {
            call.End(CompletionOutcome.Failed, exception.Status);
            throw;
        }

        if (Refusal(given, out var request) is not { } refusal)
        {
            return (given, request!);
        }

        call.End(CompletionOutcome.Failed, StatusCodes.Status200OK);
        await NodeResults.SendAsync(context, refusal, faults.Raw.Take());
        return null;
    }

    private JsonObject? Refusal(NodeRequest given, out CompletionRequest? request)
    {
        request = null;
        if (!guard.IsAllowed(given.Authorization))
        {
            return NodeResults.Failure("Unauthorized: the authorization token is missing or wrong.", "unauthorized");
        }

        if (guard.IsOverNodeLimit(given.Authorization))
        {
            return NodeResults.Failure("Rate limit exceeded.", "rate_limited");
        }

        (request, var error) = NodeRequestReader.Check(given, settings.Model);
        error ??= guard.FormatRefusal(request!);
        return error is null ? null : NodeResults.Failure(error);
    }

    private ReadOnlyMemory<byte> Answer(Completion completion) =>
        NodeResults.Answer(completion, settings.Model, faults);

    private JsonObject Result(Completion completion) =>
        completion.End switch
        {
            CompletionEnd.Answered => (JsonObject)JsonNode.Parse(Answer(completion).Span)!,
            CompletionEnd.QueueFull => NodeResults.Failure(
                "Inference API pending queue is full.",
                "failed",
                completion.Id
            ),
            CompletionEnd.TimedOut => NodeResults.TimedOut(completion),
            _ => NodeResults.Failure(ToldToFail, "error"),
        };
}
