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
    private static readonly OpenAiError BadJson = new(
        StatusCodes.Status400BadRequest,
        "We could not parse the JSON body of your request.",
        "invalid_request_error"
    );
    private static readonly OpenAiError BadFormat = BadJson with { Parameter = "response_format.type" };
    private static readonly OpenAiError BadKey = new(
        StatusCodes.Status401Unauthorized,
        "Incorrect API key provided.",
        "invalid_request_error",
        Code: "invalid_api_key"
    );
    private static readonly OpenAiError TooMany = new(
        StatusCodes.Status429TooManyRequests,
        "Rate limit reached.",
        "requests",
        Code: "rate_limit_exceeded"
    );
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

        var (request, refusal) = await AcceptAsync(context);
        if (refusal is not null)
        {
            call.End(CompletionOutcome.Failed, refusal.Status);
            await refusal.SendAsync(context);
            return;
        }

        var completion = await engine.CompleteAsync(request!, context.RequestAborted);
        var error = Error(completion);
        call.End(completion.Outcome, error?.Status ?? StatusCodes.Status200OK);
        await (
            error?.SendAsync(context)
            ?? Responses.WriteJsonAsync(
                context,
                StatusCodes.Status200OK,
                Responses.Json(json => ChatCompletion.WriteTo(json, completion, request!.Model))
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
            await BadKey.SendAsync(context);
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

    private async Task<(CompletionRequest? Request, OpenAiError? Refusal)> AcceptAsync(HttpContext context)
    {
        var authorization = context.Request.Headers.Authorization;
        if (!guard.IsAllowed(authorization))
        {
            return (null, BadKey);
        }

        if (guard.IsTooMany(context) || guard.IsOverNodeLimit(authorization))
        {
            return (null, TooMany);
        }

        try
        {
            using var body = await JsonDocument.ParseAsync(
                context.Request.Body,
                cancellationToken: context.RequestAborted
            );
            var (request, error) = OpenAiRequestReader.Read(body.RootElement.Clone(), faults.Models.Take());
            return request is not null && guard.FormatRefusal(request) is { } refusal
                ? (null, BadFormat with { Message = refusal })
                : (request, error);
        }
        catch (JsonException)
        {
            return (null, BadJson);
        }
    }

    private static OpenAiError? Error(Completion completion) =>
        completion.End switch
        {
            CompletionEnd.Answered => null,
            CompletionEnd.Failed => new OpenAiError(
                completion.Status,
                "The server had an error while processing your request.",
                "server_error"
            ),
            CompletionEnd.ErrorIn200 => new OpenAiError(
                StatusCodes.Status200OK,
                "The server had an error while processing your request.",
                "server_error"
            ),
            CompletionEnd.QueueFull => new OpenAiError(
                StatusCodes.Status503ServiceUnavailable,
                "The engine is currently overloaded, please try again later.",
                "server_error"
            ),
            _ => new OpenAiError(StatusCodes.Status504GatewayTimeout, "Request timed out.", "server_error"),
        };
}
