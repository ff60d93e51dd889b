using System.Net;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace DataGen.Runner.Inference;

/// <summary>Turns a server's error into a typed failure with a sentence that may be shown.</summary>
internal sealed class ServerFaults(InferenceSettings settings, ServerWords words, TimeProvider clock)
{
    /// <summary>The failure behind an HTTP status.</summary>
    public InferenceException FromStatus(
        HttpStatusCode status,
        TimeSpan? retryAfter,
        ReadOnlyMemory<byte> body,
        IEnumerable<ChatMessage> messages
    )
    {
        var error = ServerError.Of(body);
        return (
                status == HttpStatusCode.InternalServerError && settings.Dialect == ChatDialect.Ratio1
                    ? Reported(RawStatus(error.Text), error.Text, retryAfter)
                    : null
            ) ?? FromStatus((int)status, retryAfter, error, messages);
    }

    /// <summary>Throws when an answer with status 200 reports a failure: <c>{"error":"…","status":"rate_limited"}</c>,
    /// at the top or in its first choice.</summary>
    public void ThrowIfReported(JsonElement answer, HttpResponseMessage response, IEnumerable<ChatMessage> messages)
    {
        ThrowIfReportedIn(answer, response, messages);
        ThrowIfReportedIn(ChatAnswerReader.Choice(answer), response, messages);
    }

    private void ThrowIfReportedIn(JsonElement holder, HttpResponseMessage response, IEnumerable<ChatMessage> messages)
    {
        var reported = ChatAnswerReader.Member(holder, "error"u8);
        var status = ChatAnswerReader.Member(holder, "status"u8) is { ValueKind: JsonValueKind.String } text
            ? text.GetString()
            : null;
        if (
            IsNothing(reported)
            && !(
                ChatAnswerReader.Member(holder, "object"u8) is { ValueKind: JsonValueKind.String } kind
                && kind.ValueEquals("error")
            )
            && status is not ("unauthorized" or "rate_limited" or "timeout" or "failed" or "error" or "pending")
        )
        {
            return;
        }

        var error = ServerError.Of(holder);
        var retryAfter = AskedWait.Of(response, clock);
        throw Reported(status, error.Text, retryAfter)
            ?? (
                error.Status is { } number ? FromStatus(number, retryAfter, error, messages)
                : error.IsRateLimit ? FromStatus(429, retryAfter, error, messages)
                : Special(null, error, messages)
            )
            ?? new InferenceException(
                InferenceFailure.ServerError,
                $"The inference server reported a failure.{words.Quote(error.Text, messages)}"
            );
    }

    /// <summary>Some servers send the member with every answer, with a value that means no error.</summary>
    private static bool IsNothing(JsonElement reported) =>
        reported.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.False => true,
            JsonValueKind.String => reported.ValueEquals(""),
            JsonValueKind.Object => reported.GetPropertyCount() == 0,
            JsonValueKind.Array => reported.GetArrayLength() == 0,
            _ => false,
        };

    /// <summary>The failure that a node's status word means or, for a full queue, its text; null when neither is
    /// known.</summary>
    private InferenceException? Reported(string? status, string? text, TimeSpan? retryAfter) =>
        status switch
        {
            "unauthorized" => KeyRefused("unauthorized"),
            "rate_limited" => new InferenceException(
                InferenceFailure.RateLimited,
                "The inference server limits the rate of calls (rate_limited).",
                retryAfter
            ),
            "timeout" => new InferenceException(
                InferenceFailure.TimedOut,
                "The model did not answer within the inference server's own time limit."
            ),
            "pending" => new InferenceException(
                InferenceFailure.Unusable,
                "The inference server answered before the completion was ready (pending)."
            ),
            _ when text?.Contains("queue is full", StringComparison.OrdinalIgnoreCase) == true =>
                new InferenceException(InferenceFailure.Unavailable, "The inference server's queue is full."),
            _ => null,
        };

    /// <summary>
    /// The word that a node which answers RAW leaves out. It makes every failure a 500 with nothing but its text:
    /// <c>Missing Authorization header.</c>, <c>Invalid Authorization token.</c>, <c>Rate limit exceeded for subject
    /// '…'. Max 5 requests per minute.</c>, <c>Request timed out after 600 seconds.</c>
    /// </summary>
    private static string? RawStatus(string? text) =>
        text is null ? null
        : text.StartsWith("Rate limit exceeded", StringComparison.OrdinalIgnoreCase) ? "rate_limited"
        : text.StartsWith("Request timed out", StringComparison.OrdinalIgnoreCase) ? "timeout"
        : text.StartsWith("Unauthorized", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("Authorization required", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("Missing Authorization", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("Invalid Authorization", StringComparison.OrdinalIgnoreCase)
            ? "unauthorized"
        : null;

    private InferenceException FromStatus(
        int status,
        TimeSpan? retryAfter,
        ServerError error,
        IEnumerable<ChatMessage> messages
    )
    {
        string Said() => words.Quote(error.Text, messages);
        return (status is >= 400 and < 500 ? Special(status, error, messages) : null)
            ?? status switch
            {
                401 => KeyRefused("401"),
                403 => new InferenceException(
                    InferenceFailure.NotServed,
                    "The inference server does not allow this call (403)."
                ),
                404 => new InferenceException(
                    InferenceFailure.NotServed,
                    $"The inference server does not know the path or the model (404).{Said()}"
                ),
                408 or 504 => new InferenceException(
                    InferenceFailure.TimedOut,
                    $"The inference server ran out of time ({status}).",
                    retryAfter
                ),
                // Conflict, locked, a failed dependency, too early, and a closed client connection at a proxy.
                409 or 423 or 424 or 425 or 499 => new InferenceException(
                    InferenceFailure.ServerError,
                    $"The inference server could not take the request just then ({status}).{Said()}",
                    retryAfter
                ),
                429 => new InferenceException(
                    InferenceFailure.RateLimited,
                    "The inference server limits the rate of calls (429).",
                    retryAfter
                ),
                502 or 503 => new InferenceException(
                    InferenceFailure.Unavailable,
                    $"The inference server is not available ({status}).",
                    retryAfter
                ),
                >= 500 => new InferenceException(
                    InferenceFailure.ServerError,
                    $"The inference server failed ({status}).{Said()}",
                    retryAfter
                ),
                400 or 422 => new InferenceException(
                    InferenceFailure.Rejected,
                    $"The inference server did not accept the request ({status}).{Said()}"
                )
                {
                    IsOfShape = true,
                },
                >= 300 and < 400 => new InferenceException(
                    InferenceFailure.Rejected,
                    $"The inference server redirects elsewhere ({status}), which is not followed."
                ),
                _ => new InferenceException(
                    InferenceFailure.Rejected,
                    $"The inference server answered {status}.{Said()}"
                ),
            };
    }

    /// <summary>The failure that the server's message describes more exactly than the status; null when it describes
    /// none.</summary>
    private InferenceException? Special(int? status, ServerError error, IEnumerable<ChatMessage> messages)
    {
        var code = status is null ? "" : $" ({status})";
        return status == 402 || error.IsNoCredit
                ? new InferenceException(
                    InferenceFailure.Denied,
                    $"The inference server says that there is no credit left{code}.{words.Quote(error.Text, messages)}"
                )
            : status is 401 or 404 or 408 or 429 ? null
            : error.IsContentFilter
                ? new InferenceException(
                    InferenceFailure.Refused,
                    $"The inference server's content filter refused the record{code}.{words.Quote(error.Text, messages)}"
                )
            : error.IsNoJson
                ? new InferenceException(
                    InferenceFailure.Unusable,
                    $"The inference server found no JSON in the model's answer{code}."
                )
            : null;
    }

    private InferenceException KeyRefused(string status) =>
        new(
            InferenceFailure.Denied,
            settings.ApiKey is null
                ? $"The inference server asks for an API key ({status})."
                : $"The inference server refused the API key ({status})."
        );
}
