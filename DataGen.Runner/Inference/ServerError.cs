using System.Text.Json;

namespace DataGen.Runner.Inference;

/// <summary>
/// A server's error: its message and the words that name the kind. The body may be
/// <c>{"detail":{"error":"…"}}</c> (Ratio1), <c>{"detail":"Not Found"}</c> (FastAPI),
/// <c>{"error":{"message":"…","type":"…","code":"…"}}</c> (OpenAI), or anything.
/// </summary>
internal sealed class ServerError
{
    private const int DeepestError = 3;

    private static readonly string[] NoCreditCodes =
    [
        "insufficient_quota",
        "insufficient_credits",
        "insufficient_balance",
        "insufficient_funds",
        "billing_hard_limit_reached",
        "billing_not_active",
        "credit_balance_too_low",
        "payment_required",
    ];

    private static readonly string[] RateLimitCodes =
    [
        "429",
        "rate_limited",
        "rate_limit",
        "rate_limit_exceeded",
        "rate_limit_error",
        "too_many_requests",
        "resource_exhausted",
        "throttled",
        "throttlingexception",
    ];

    private static readonly string[] RateLimitWords = ["rate limit", "too many requests"];

    private static readonly string[] NoJsonCodes =
    [
        "json_validate_failed",
        "output_parse_failed",
        "tool_use_failed",
        "json_parse_error",
    ];

    private static readonly string[] FilterCodes =
    [
        "content_filter",
        "content_filtered",
        "content_policy_violation",
        "responsibleaipolicyviolation",
        "data_inspection_failed",
        "moderation",
        "moderation_error",
        "moderation_blocked",
        "content_blocked",
        "prohibited_content",
        "datainspectionfailed",
        "safety",
    ];

    private static readonly string[] FilterWords =
    [
        "content filter",
        "content_filter",
        "content management policy",
        "content policy",
        "requires moderation",
        "flagged by",
        "was flagged",
        "content exists risk",
        "safety system",
        "inappropriate content",
    ];

    private readonly List<string> codes = [];

    private ServerError(JsonElement answer)
    {
        Text = TextOf(answer);
        for (var depth = 0; depth < DeepestError; depth++)
        {
            AddCode(ChatAnswerReader.Member(answer, "code"u8));
            AddCode(ChatAnswerReader.Member(answer, "type"u8));
            AddCode(ChatAnswerReader.Member(answer, "status"u8));
            AddCode(ChatAnswerReader.Member(ChatAnswerReader.Member(answer, "innererror"u8), "code"u8));
            var inner = ChatAnswerReader.Member(answer, "error"u8);
            if (inner.ValueKind == JsonValueKind.Array && inner.GetArrayLength() > 0)
            {
                inner = inner[0];
            }

            AddCode(inner);
            answer = inner.ValueKind == JsonValueKind.Object ? inner : ChatAnswerReader.Member(answer, "detail"u8);
        }
    }

    private ServerError() { }

    /// <summary>The server's message, unbounded and unchecked; null when it has none that can be read.</summary>
    public string? Text { get; }

    /// <summary>Whether the account has no credit left. Waiting does not help, unlike with a rate limit.</summary>
    public bool IsNoCredit => Has(NoCreditCodes);

    /// <summary>Whether the server says that calls come too fast.</summary>
    public bool IsRateLimit => Has(RateLimitCodes) || Says(RateLimitWords);

    /// <summary>Whether the server gave up because the model's text is not JSON. This is chance, so another attempt may
    /// succeed.</summary>
    public bool IsNoJson => Has(NoJsonCodes);

    /// <summary>Whether a content filter stopped the call, which concerns this record and not the task.</summary>
    public bool IsContentFilter => Has(FilterCodes) || Says(FilterWords);

    /// <summary>The HTTP status that the body gives as its code, as a number or a numeral.</summary>
    public int? Status =>
        codes
            .Select(code => int.TryParse(code, out var number) && number is >= 400 and <= 599 ? number : (int?)null)
            .FirstOrDefault(number => number is not null);

    public static ServerError Of(JsonElement answer) => new(answer);

    public static ServerError Of(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return new ServerError(ChatAnswerReader.Unwrap(document.RootElement));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return new ServerError();
        }
    }

    private bool Has(string[] names) => codes.Any(code => names.Contains(code, StringComparer.OrdinalIgnoreCase));

    private bool Says(string[] words) =>
        Text is { } text && words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    private void AddCode(JsonElement code)
    {
        if (code.ValueKind is JsonValueKind.String or JsonValueKind.Number)
        {
            codes.Add(code.ToString());
        }
    }

    private static string? TextOf(JsonElement answer)
    {
        for (var depth = 0; depth < DeepestError; depth++)
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
}
