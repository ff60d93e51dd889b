using System.Net;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace DataGen.Runner.Inference;

/// <summary>Turns what a server says went wrong into a typed failure with a sentence that may be shown.</summary>
internal sealed class ServerFaults(InferenceSettings settings)
{
    private const int QuoteLength = 160;

    /// <summary>So many characters in common with a message, and the server's text counts as repeating the
    /// prompt.</summary>
    private const int EchoLength = 24;

    /// <summary>
    /// The failure behind an HTTP status. The body may be <c>{"detail":{"error":"…"}}</c> (Ratio1), <c>{"detail":"Not
    /// Found"}</c> (FastAPI), <c>{"error":{"message":"…"}}</c> (OpenAI), or anything.
    /// </summary>
    public InferenceException FromStatus(
        HttpStatusCode status,
        TimeSpan? retryAfter,
        ReadOnlyMemory<byte> body,
        IEnumerable<ChatMessage> messages
    )
    {
        var text = ErrorText(body);
        return (
                status == HttpStatusCode.InternalServerError && settings.Dialect == ChatDialect.Ratio1
                    ? Reported(RawStatus(text), text)
                    : null
            ) ?? FromStatus((int)status, retryAfter, () => Quote(text, messages));
    }

    /// <summary>Throws when an answer with status 200 says that it failed:
    /// <c>{"error":"…","status":"rate_limited"}</c>.</summary>
    public void ThrowIfReported(JsonElement answer, IEnumerable<ChatMessage> messages)
    {
        var error = ChatAnswerReader.Member(answer, "error"u8);
        var status = ChatAnswerReader.Member(answer, "status"u8) is { ValueKind: JsonValueKind.String } text
            ? text.GetString()
            : null;
        if (
            error.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.False
            && status is not ("unauthorized" or "rate_limited" or "timeout" or "failed" or "error" or "pending")
        )
        {
            return;
        }

        // {"error":{"code":429,"message":"…"}}: what some OpenAI-like routers send with status 200.
        if (
            ChatAnswerReader.Member(error, "code"u8) is { ValueKind: JsonValueKind.Number } code
            && code.TryGetInt32(out var number)
            && number is >= 400 and <= 599
        )
        {
            throw FromStatus(number, null, () => Quote(ErrorText(answer), messages));
        }

        throw Reported(status, ErrorText(answer))
            ?? new InferenceException(
                InferenceFailure.ServerError,
                $"The inference server reported a failure.{Quote(ErrorText(answer), messages)}"
            );
    }

    /// <summary>The failure behind a node's word for it or, for a full queue, its text; null when they tell
    /// nothing.</summary>
    private InferenceException? Reported(string? status, string? text) =>
        status switch
        {
            "unauthorized" => Refused("unauthorized"),
            "rate_limited" => new InferenceException(
                InferenceFailure.RateLimited,
                "The inference server limits the rate of calls (rate_limited)."
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
        : text.StartsWith("Authorization required", StringComparison.OrdinalIgnoreCase)
        || text.Contains("authorization header", StringComparison.OrdinalIgnoreCase)
        || text.Contains("authorization token", StringComparison.OrdinalIgnoreCase)
            ? "unauthorized"
        : null;

    private InferenceException FromStatus(int status, TimeSpan? retryAfter, Func<string> said) =>
        status switch
        {
            401 => Refused("401"),
            403 => new InferenceException(
                InferenceFailure.Denied,
                "The inference server does not allow this call (403)."
            ),
            404 => new InferenceException(
                InferenceFailure.Denied,
                $"The inference server does not know the path or the model (404).{said()}"
            ),
            408 or 504 => new InferenceException(
                InferenceFailure.TimedOut,
                $"The inference server ran out of time ({status}).",
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
                $"The inference server failed ({status}).{said()}",
                retryAfter
            ),
            400 or 422 => new InferenceException(
                InferenceFailure.Rejected,
                $"The inference server did not accept the request ({status}).{said()}"
            ),
            >= 300 and < 400 => new InferenceException(
                InferenceFailure.Rejected,
                $"The inference server redirects elsewhere ({status}), which is not followed."
            ),
            _ => new InferenceException(InferenceFailure.Rejected, $"The inference server answered {status}.{said()}"),
        };

    private InferenceException Refused(string status) =>
        new(
            InferenceFailure.Denied,
            settings.ApiKey is null
                ? $"The inference server asks for an API key ({status})."
                : $"The inference server refused the API key ({status})."
        );

    private static string? ErrorText(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return ErrorText(ChatAnswerReader.Unwrap(document.RootElement));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? ErrorText(JsonElement answer)
    {
        for (var depth = 0; depth < 3; depth++)
        {
            if (answer.ValueKind == JsonValueKind.String)
            {
                return answer.GetString();
            }

            answer =
                ChatAnswerReader.Member(answer, "error"u8)
                    is { ValueKind: JsonValueKind.String or JsonValueKind.Object } error
                    ? error
                : ChatAnswerReader.Member(answer, "detail"u8)
                    is { ValueKind: JsonValueKind.String or JsonValueKind.Object } detail
                    ? detail
                : ChatAnswerReader.Member(answer, "message"u8);
        }

        return answer.ValueKind == JsonValueKind.String ? answer.GetString() : null;
    }

    /// <summary>The server's words in one line, or nothing when they repeat the key or the prompt.</summary>
    private string Quote(string? text, IEnumerable<ChatMessage> messages)
    {
        if (
            string.IsNullOrWhiteSpace(text)
            || (settings.ApiKey is { } key && text.Contains(key, StringComparison.Ordinal))
        )
        {
            return "";
        }

        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        line = line.Length <= QuoteLength ? line : $"{line.AsSpan(0, QuoteLength)}…";
        return messages.Any(message => Echoes(line, message.Text)) ? "" : $" It said: {line}";
    }

    private static bool Echoes(string line, string message)
    {
        if (message.Length <= EchoLength)
        {
            return message.Length > 0 && line.Contains(message, StringComparison.OrdinalIgnoreCase);
        }

        for (var start = 0; start + EchoLength <= line.Length; start++)
        {
            if (message.AsSpan().Contains(line.AsSpan(start, EchoLength), StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
