using System.Text.Json;
using System.Text.Json.Nodes;
using DataGen.Mock.Faults;
using DataGen.Mock.Hosting;
using DataGen.Mock.Records;
using DataGen.Mock.Settings;
using DataGen.Mock.Statistics;

namespace DataGen.Mock.Inference;

/// <summary>OpenAI's own API: <c>/v1/chat/completions</c> and <c>/v1/models</c>.</summary>
internal sealed class OpenAiCalls(
    MockFaults allFaults,
    CompletionGuard guard,
    CompletionEngine engine,
    MockStatistics statistics,
    MockSettings settings
)
{
    private readonly InferenceFaults faults = allFaults.Inference;

    public async Task CompleteAsync(HttpContext context)
    {
        using var call = statistics.Inference.Start();
        if (await CallFaults.IsDownAsync(context, faults.Down))
        {
            if (context.Response.StatusCode is StatusCodes.Status503ServiceUnavailable)
            {
                call.End(CompletionOutcome.Failed, StatusCodes.Status503ServiceUnavailable);
            }

            return;
        }

        CompletionRequest request;
        try
        {
            request = await AcceptAsync(context);
        }
        catch (OpenAiException refusal)
        {
            call.End(CompletionOutcome.Failed, refusal.Status);
            await refusal.SendAsync(context);
            return;
        }

        var completion = await engine.CompleteAsync(request, context.RequestAborted);
        var failure = Failure(completion);
        call.End(completion.Outcome, failure?.Status ?? StatusCodes.Status200OK);
        await (
            failure?.SendAsync(context)
            ?? Responses.WriteJsonAsync(
                context,
                StatusCodes.Status200OK,
                Responses.Json(json => ChatCompletion.WriteTo(json, completion, request.Model))
            )
        );
    }

    public async Task ModelsAsync(HttpContext context)
    {
        if (await CallFaults.IsDownAsync(context, faults.Down))
        {
            return;
        }

        if (!guard.IsAllowed(context.Request.Headers.Authorization))
        {
            await BadKey().SendAsync(context);
            return;
        }

        var models = faults.Models.Take() is { Length: > 0 } known
            ? known.Split(',', StringSplitOptions.TrimEntries)
            : [settings.Model];
        await Responses.WriteJsonAsync(
            context,
            StatusCodes.Status200OK,
            new JsonObject
            {
                ["object"] = "list",
                ["data"] = new JsonArray([
                    .. models.Select(model => new JsonObject
                    {
                        ["id"] = model,
                        ["object"] = "model",
                        ["created"] = 1735689600,
                        ["owned_by"] = "datagen",
                    }),
                ]),
            }
        );
    }

    private async Task<CompletionRequest> AcceptAsync(HttpContext context)
    {
        var authorization = context.Request.Headers.Authorization;
        if (!guard.IsAllowed(authorization))
        {
            throw BadKey();
        }

        if (guard.IsTooMany(context) || guard.IsOverNodeLimit(authorization))
        {
            throw new OpenAiException(
                StatusCodes.Status429TooManyRequests,
                "Rate limit reached.",
                "requests",
                code: "rate_limit_exceeded"
            );
        }

        try
        {
            using var body = await JsonDocument.ParseAsync(
                context.Request.Body,
                cancellationToken: context.RequestAborted
            );
            var request = OpenAiRequestReader.Read(body.RootElement.Clone(), faults.Models.Take());
            return guard.FormatRefusal(request) is { } refusal
                ? throw OpenAiException.Invalid(refusal, "response_format.type")
                : request;
        }
        catch (JsonException)
        {
            throw OpenAiException.Invalid("We could not parse the JSON body of your request.");
        }
    }

    private static OpenAiException BadKey() =>
        new(
            StatusCodes.Status401Unauthorized,
            "Incorrect API key provided.",
            "invalid_request_error",
            code: "invalid_api_key"
        );

    private static OpenAiException? Failure(Completion completion)
    {
        const string broken = "The server had an error while processing your request.";
        return completion.End switch
        {
            CompletionEnd.Answered => null,
            CompletionEnd.Failed => Failed(completion.Status, broken),
            CompletionEnd.ErrorIn200 => Failed(StatusCodes.Status200OK, broken),
            CompletionEnd.QueueFull => Failed(
                StatusCodes.Status503ServiceUnavailable,
                "The engine is currently overloaded, please try again later."
            ),
            _ => Failed(StatusCodes.Status504GatewayTimeout, "Request timed out."),
        };

        static OpenAiException Failed(int status, string message) => new(status, message, "server_error");
    }
}
